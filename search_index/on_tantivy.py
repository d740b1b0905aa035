"""Keep the lists of an index with Tantivy, which is not needed unless this engine is chosen.

Tantivy counts how often a word stands on a page but does not tell, so keys say it themselves, up to
a number beyond which it makes little difference; a phrase counts once.
"""

import json
from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from pathlib import Path
from threading import Lock
from typing import Any, Self

import numpy as np
import tantivy

from search_index.arrays.cache import Cache, Kept
from search_index.engine import Engine
from search_index.entries import DocumentEntry
from search_index.errors import IndexDamaged
from search_index.keys import units_of
from search_index.units import Catalogue, Field, Numbers, Postings

_HEAP = 64 << 20
_KEPT = 64 << 20
_TEXTS: tuple[Field, ...] = ("words", "exact", "cites", "symbol")
_COUNTED: tuple[Field, ...] = ("words", "exact")
_OFTEN = range(2, 6)
_HEAD = "head"


class TantivyIndex(Engine):
    """Search and change an index of Tantivy in a folder; one process at a time."""

    def __init__(self, folder: Path) -> None:
        self._opening = Lock()
        try:
            self._index = tantivy.Index(_schema(), path=str(folder))
            self._source = TantivySource(self._index)
        except ValueError as error:
            message = f"the index in {folder} cannot be read: {error}"
            raise IndexDamaged(message) from error

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Return the index in a folder, a new one where there is no folder or it is empty."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return cls(folder)

    def put(self, *entries: DocumentEntry) -> None:
        """Put documents, each in the place of its earlier versions, in one commit."""
        latest = {entry.document: entry for entry in entries}
        self._write(latest.keys(), [unit for one in latest.values() for unit in units_of(one)])

    def remove(self, *documents: str) -> None:
        """Remove documents in one commit; one that is not there is no error."""
        self._write(documents, [])

    def optimise(self) -> None:
        """Wait until Tantivy has merged what it wants merged."""
        writer = self._index.writer(heap_size=_HEAP, num_threads=1)
        writer.garbage_collect_files()
        writer.wait_merging_threads()

    def source(self) -> "TantivySource":
        """Return the state of the newest commit."""
        with self._opening:
            return self._source

    def _write(self, removed: Any, units: list[dict[str, Any]]) -> None:
        if not removed:
            return
        with self._opening:
            writer = self._index.writer(heap_size=_HEAP, num_threads=1)
            for document in removed:
                writer.delete_documents_by_term("document", document)
            for place, unit in enumerate(units, self._source.end):
                writer.add_document(_document(place, unit))
            writer.commit()
            writer.wait_merging_threads()
            self._index.reload()
            self._source = TantivySource(self._index)


class TantivySource:
    """Answer from one commit; a unit is known by a number that grows from commit to commit."""

    def __init__(self, index: Any) -> None:
        self._schema, self._searcher = index.schema, index.searcher()
        self._kept = Cache(_KEPT)
        self._places = np.empty(0, np.int64)
        self._places = self._found(tantivy.Query.all_query())
        self.catalogue = self._read_catalogue()

    @property
    def end(self) -> int:
        """Return a number that no unit has yet."""
        return int(self._places.max(initial=-1)) + 1

    def postings(self, field: Field, key: str) -> Postings:
        """Return the units that have the key."""
        if field == "pairs":
            return self.phrase(tuple(key.split("_")))
        found = self._postings(self._term(field, key))
        for often in _OFTEN if field in _COUNTED and len(found.units) else ():
            more = self._postings(self._term("often", _said(field, often, key))).units
            if not len(more):
                break
            found.counts[np.searchsorted(found.units, more)] = often
        return found

    def phrase(self, words: tuple[str, ...]) -> Postings:
        """Return the units in which the words follow one another."""
        return self._postings(tantivy.Query.phrase_query(self._schema, "words", list(words)))

    def prefix(self, field: Field, key: str) -> Postings:
        """Return the units with a key that begins with this one."""
        return self._postings(tantivy.Query.regex_query(self._schema, field, f"{key}.*"))

    def kept(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """Return what was worked out of this state under a key, made now if it was not."""
        return self._kept.get(key, make)

    def _term(self, field: str, key: str) -> Any:
        return tantivy.Query.term_query(self._schema, field, key, "basic")

    def _postings(self, query: Any) -> Postings:
        units = np.searchsorted(self._places, self._found(query)).astype(np.int32)
        return Postings(units, np.ones(len(units), np.float32))

    def _found(self, query: Any) -> Numbers:
        """Return the numbers of the units that match, ascending."""
        limit = max(self._searcher.num_docs, 1)
        order = {"order_by_field": "place", "order": tantivy.Order.Asc}
        hits = self._searcher.search(query, limit, count=False, **order).hits
        return np.fromiter((place for place, _ in hits), np.int64, len(hits))

    def _read_catalogue(self) -> Catalogue:
        query = self._term("kind", _HEAD)
        limit = max(self._searcher.num_docs, 1)
        order = {"order_by_field": "place", "order": tantivy.Order.Asc}
        hits = self._searcher.search(query, limit, count=False, **order).hits
        heads = [json.loads(self._searcher.doc(address)[_HEAD][0]) for _, address in hits]
        return Catalogue(
            [head["document"] for head in heads],
            [head["version"] for head in heads],
            np.array([head["issued_on"] for head in heads], np.int64),
            np.array([number for head in heads for number in head["numbers"]], np.int64),
            np.array([length for head in heads for length in head["lengths"]], np.int64),
        )


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("place", fast=True)
    builder.add_text_field("document", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("kind", tokenizer_name="raw", index_option="basic")
    builder.add_text_field(_HEAD, stored=True, tokenizer_name="raw", index_option="basic")
    for name in (*_TEXTS, "often"):
        option = "position" if name == "words" else "basic"
        builder.add_text_field(name, tokenizer_name="whitespace", index_option=option)
    return builder.build()


def _document(place: int, unit: dict[str, Any]) -> Any:
    document = tantivy.Document()
    document.add_unsigned("place", place)
    document.add_text("document", unit["document"][0])
    if _HEAD in unit:
        document.add_text("kind", _HEAD)
        document.add_text(_HEAD, json.dumps(unit[_HEAD]))
    for name in _TEXTS:
        document.add_text(name, " ".join(unit.get(name, ())))
    document.add_text("often", " ".join(_repeated(unit)))
    return document


def _repeated(unit: dict[str, Any]) -> Iterator[str]:
    """Yield a key for each time after the first that a word stands on a page."""
    for field in _COUNTED:
        for key, count in Counter(unit[field]).items():
            yield from (_said(field, often, key) for often in _OFTEN if often <= count)


def _said(field: Field, often: int, key: str) -> str:
    return f"{field}~{often}~{key}"
