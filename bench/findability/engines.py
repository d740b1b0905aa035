"""Put the same papers into several engines and ask each in its own way."""

import re
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from bench.findability.library import Paper
from search_index import DocumentEntry, PageEntry, SearchIndex, parse, tokens
from search_index.analysis import fold_key

DEPTH = 10
BATCH = 500

Ask = Callable[[str], list[str]]
Build = Callable[[Sequence[Paper], Path], Ask]


def product(papers: Sequence[Paper], folder: Path) -> Ask:
    """Index with the product's own code."""
    new = not folder.exists()
    index = SearchIndex.open(folder)
    for at in range(0, len(papers) if new else 0, BATCH):
        index.put(*map(_entry, papers[at : at + BATCH]))
    everything = {paper.id for paper in papers}

    def ask(typed: str) -> list[str]:
        hits = index.search(parse(typed), allowed=everything, limit=DEPTH, nearest=True).hits
        return [hit.document for hit in hits]

    return ask


def tantivy(papers: Sequence[Paper], folder: Path) -> Ask:
    """Index the product's folded tokens with Tantivy, the title weighing four times."""
    import tantivy as engine

    builder = engine.SchemaBuilder()
    builder.add_unsigned_field("place", stored=True)
    for name in ("title", "number", "body"):
        builder.add_text_field(name, tokenizer_name="whitespace")
    folder.mkdir(parents=True)
    index = engine.Index(builder.build(), path=str(folder))
    writer = index.writer(heap_size=128_000_000, num_threads=1)
    for place, paper in enumerate(papers):
        said = zip(("title", "number", "body"), map(_folded, _parts(paper)), strict=True)
        document = engine.Document()
        document.add_unsigned("place", place)
        for name, text in said:
            document.add_text(name, text)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def found(words: str, *, every: bool) -> list[str]:
        query = index.parse_query(
            words,
            ["title", "number", "body"],
            field_boosts={"title": 4.0, "number": 4.0},
            conjunction_by_default=every,
        )
        hits = searcher.search(query, DEPTH).hits
        return [papers[searcher.doc(address)["place"][0]].id for _, address in hits]

    def ask(typed: str) -> list[str]:
        words = _folded(typed)
        return found(words, every=True) or found(words, every=False)

    return ask


def folded_fts5(papers: Sequence[Paper], _: Path) -> Ask:
    """Index the product's folded tokens with SQLite, the title weighing four times."""
    return _fts5(papers, _folded)


def raw_fts5(papers: Sequence[Paper], _: Path) -> Ask:
    """Index the text as it is with SQLite's own tokens, accents removed its way."""
    return _fts5(papers, str, lambda typed: " ".join(re.findall(r"\w+", typed)))


def _fts5(
    papers: Sequence[Paper], shape: Callable[[str], str], words: Callable[[str], str] | None = None
) -> Ask:
    database = sqlite3.connect(":memory:")
    database.execute(
        "create virtual table paper using fts5(title, number, body,"
        " tokenize = 'unicode61 remove_diacritics 2')"
    )
    rows: Iterable[Any] = (tuple(map(shape, _parts(paper))) for paper in papers)
    database.executemany("insert into paper values (?, ?, ?)", rows)
    select = "select rowid from paper where paper match ? order by bm25(paper, 4, 4, 1) limit ?"

    def found(typed: str, joint: str) -> list[str]:
        quoted = [f'"{word}"' for word in dict.fromkeys((words or shape)(typed).split())]
        rows = database.execute(select, (joint.join(quoted), DEPTH)) if quoted else ()
        return [papers[place - 1].id for (place,) in rows]

    return lambda typed: found(typed, " ") or found(typed, " OR ")


def _entry(paper: Paper) -> DocumentEntry:
    pages = tuple(PageEntry(number, text) for number, text in enumerate(paper.pages(), 1))
    return DocumentEntry(
        paper.id, "1", pages, symbol=paper.number, title=paper.title, issued_on=paper.issued_on
    )


def _parts(paper: Paper) -> tuple[str, str, str]:
    return paper.title, paper.number, paper.text


def _folded(text: str) -> str:
    return " ".join(fold_key(token.text) for token in tokens(text))
