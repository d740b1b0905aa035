"""The product's engine: Whoosh's queries over posting lists that are arrays."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from whoosh import query
from whoosh.columns import NumericColumn
from whoosh.fields import COLUMN, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

from bench.search.corpus import Paper
from bench.search.questions import Question
from bench.search.tokens import folded, key
from search_index.arrays import ArrayCollector, ArrayWriter, Keys, Layout, Wanted, Words

BEST = 20
SEGMENT = 25_000_000
"""Words that are brought into order at a time."""


class Arrays:
    """One unit a paper, pairs beside words."""

    name = "arrays"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._layout = Layout("id", date="day")

    def build(self, papers: Iterable[Paper]) -> None:
        """Write all papers and merge them into one segment."""
        self._folder.mkdir(parents=True)
        schema = Schema(
            id=Keys(), number=Keys(), words=Words(pairs="pairs"), pairs=Keys(), kind=Keys(),
            year=Keys(), group=Keys(), day=COLUMN(NumericColumn("i")),
        )  # fmt: skip
        index = FileIndex.create(FileStorage(str(self._folder)), schema, "MAIN")
        writer, words, times = ArrayWriter(index), 0, 0
        for paper in papers:
            words += self._write(writer, paper)
            if words > SEGMENT:
                writer.commit(merge=False)
                writer, words, times = ArrayWriter(index), 0, times + 1
        writer.commit(optimize=bool(times))

    def open(self) -> None:
        """Open what was written."""
        self._index = FileIndex(FileStorage(str(self._folder)))
        self._searcher = self._index.searcher()

    def add(self, paper: Paper) -> None:
        """Add one paper and make it visible."""
        writer = ArrayWriter(self._index)
        self._write(writer, paper)
        writer.commit(merge=False)
        self._searcher = self._searcher.refresh()

    def ask(self, question: Question) -> tuple[int, list[str]]:
        """Return the exact total and the best papers."""
        by_date = question.kind == "facets by date"
        counted = ("kind", "year") if by_date else ()
        allowed = None
        if question.groups:
            allowed = query.Or([query.Term("group", str(group)) for group in question.groups])
        wanted = Wanted(BEST, counted, by_date, allowed, self._layout)
        collector = ArrayCollector(wanted)
        self._searcher.search_with_collector(self._query(question), collector)
        return collector.total, [item.name for item in collector.items]

    @staticmethod
    def _query(question: Question) -> Any:
        words = list(question.words)
        if question.kind == "number":
            return query.Term("number", key(words[0]))
        if question.kind == "prefix":
            return query.Prefix("words", words[0])
        if question.kind == "phrase":
            return query.Phrase("words", words)
        terms = [query.Term("words", word) for word in words]
        return terms[0] if len(terms) == 1 else query.And(terms)

    @staticmethod
    def _write(writer: Any, paper: Paper) -> int:
        words = folded(paper.text)
        writer.add_document(
            id=[paper.id],
            number=[key(paper.number)],
            words=words,
            kind=[paper.kind],
            year=[str(paper.day // 10_000)],
            group=list(map(str, paper.groups)),
            day=paper.day,
        )
        return len(words)
