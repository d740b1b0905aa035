"""The yardstick: Tantivy, fed the same words and asked the same questions."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tantivy as engine

from bench.search.corpus import Paper
from bench.search.questions import Question
from bench.search.tokens import folded, key

BEST = 20
HEAP = 512 << 20


class Tantivy:
    """One thread, positions, fast columns for what is counted or sorted by."""

    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        builder = engine.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw")
        builder.add_text_field("number", tokenizer_name="raw")
        builder.add_text_field("words", tokenizer_name="whitespace", index_option="position")
        builder.add_text_field("kind", tokenizer_name="raw", fast=True)
        builder.add_integer_field("year", fast=True, indexed=True)
        builder.add_integer_field("day", fast=True, indexed=False)
        builder.add_integer_field("group", indexed=True)
        self._schema = builder.build()

    def build(self, papers: Iterable[Paper]) -> None:
        """Write all papers and wait for the merges."""
        self._folder.mkdir(parents=True)
        index = engine.Index(self._schema, path=str(self._folder))
        self._write(index, papers, HEAP)

    def open(self) -> None:
        """Open what was written."""
        self._index = engine.Index.open(str(self._folder))
        self._index.reload()
        self._searcher = self._index.searcher()

    def add(self, paper: Paper) -> None:
        """Add one paper and make it visible."""
        writer = self._index.writer(heap_size=64 << 20, num_threads=1)
        writer.add_document(self._document(paper))
        writer.commit()
        self._index.reload()
        self._searcher = self._index.searcher()

    def ask(self, question: Question) -> tuple[int, list[str]]:
        """Return the exact total and the best papers."""
        query = self._query(question)
        order: dict[str, Any] = {}
        if question.kind == "facets by date":
            order = {"order_by_field": "day", "order": engine.Order.Desc}
            counts = {name: {"terms": {"field": name, "size": 80}} for name in ("kind", "year")}
            self._searcher.aggregate(query, counts)
        found = self._searcher.search(query, limit=BEST, count=True, **order)
        return found.count, [self._searcher.doc(place)["id"][0] for _, place in found.hits]

    def _write(self, index: Any, papers: Iterable[Paper], heap: int) -> None:
        writer = index.writer(heap_size=heap, num_threads=1)
        for paper in papers:
            writer.add_document(self._document(paper))
        writer.commit()
        writer.wait_merging_threads()

    def _document(self, paper: Paper) -> Any:
        document = engine.Document(
            id=paper.id,
            number=key(paper.number),
            words=" ".join(folded(paper.text)),
            kind=paper.kind,
            year=paper.day // 10_000,
            day=paper.day,
        )
        for group in paper.groups:
            document.add_integer("group", group)
        return document

    def _query(self, question: Question) -> Any:
        query, words = engine.Query, list(question.words)
        must = engine.Occur.Must
        if question.kind == "number":
            return query.term_query(self._schema, "number", key(words[0]))
        if question.kind == "prefix":
            return query.regex_query(self._schema, "words", words[0] + ".*")
        if question.kind == "phrase":
            return query.phrase_query(self._schema, "words", words)
        terms = [query.term_query(self._schema, "words", word) for word in words]
        asked = terms[0] if len(terms) == 1 else query.boolean_query([(must, t) for t in terms])
        if not question.groups:
            return asked
        groups = [query.term_query(self._schema, "group", group) for group in question.groups]
        allowed = query.boolean_query([(engine.Occur.Should, group) for group in groups])
        return query.boolean_query([(must, asked), (must, query.const_score_query(allowed, 0.0))])
