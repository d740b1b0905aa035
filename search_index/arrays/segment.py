"""Hold the arrays of one segment, each worked out once and shared by all threads."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search_index.arrays.cache import Cache, Kept
from search_index.arrays.codec import lists_of
from search_index.arrays.fields import Keys
from search_index.arrays.flat import Whole
from search_index.arrays.lists import Pairs, Postings, Texts
from search_index.arrays.statistics import LENGTH, SATURATION

Mask = NDArray[np.bool_]
Scores = NDArray[np.float32]
Counts = NDArray[np.uint8] | NDArray[np.uint16] | NDArray[np.uint32]

_FEW_KEYS = 64
"""Keys of a field that are counted with bits."""

_DENSE = 32
"""A key is frequent if one document in so many has it."""


@dataclass(frozen=True)
class Frequent:
    """Hold for every document how often it has a key."""

    counts: Counts

    @property
    def nbytes(self) -> int:
        """Return the bytes it takes."""
        return self.counts.nbytes


@dataclass(frozen=True)
class Seldom:
    """Hold the documents that have a key and how often."""

    docs: Whole
    counts: Counts

    @property
    def nbytes(self) -> int:
        """Return the bytes it takes."""
        return self.docs.nbytes + self.counts.nbytes


List = Frequent | Seldom


@dataclass(frozen=True)
class Places:
    """Hold where a key stands, document after document, and where each document's places begin."""

    docs: Whole
    begins: Whole
    places: NDArray[Any]

    @property
    def nbytes(self) -> int:
        """Return the bytes it takes; the places themselves lie in the file."""
        return self.docs.nbytes + self.begins.nbytes


class Segment:
    """Give the lists of a segment in the form in which they are combined."""

    def __init__(self, reader: Any, cache: Cache) -> None:
        self.reader = reader
        self.name: str = reader.segment().segment_id()
        self.size: int = reader.doc_count_all()
        self.schema = reader.schema
        self.fields: dict[str, Texts | Pairs] = lists_of(reader).fields
        self._cache = cache

    def is_array(self, field: str) -> bool:
        """Tell whether the lists of a field are arrays."""
        return isinstance(self.schema[field], Keys)

    def list_of(self, field: str, text: bytes) -> List | None:
        """Return the list of a key, None if it has none."""
        return self._kept(("list", field, text), lambda: self._list(field, text))

    def postings(self, field: str, text: bytes) -> Postings | None:
        """Return the same as it is written, for whoever keeps what is made of it."""
        found = self._found(field, text)
        return found[0].postings(found[1]) if found else None

    def places(self, field: str, text: bytes) -> Places | None:
        """Return the places of a key, None if it has none."""
        return self._kept(("places", field, text), lambda: self._places(field, text))

    def beginning(self, field: str, prefix: bytes) -> Mask:
        """Return the documents with a key that begins with this one."""
        return self._kept(("prefix", field, prefix), lambda: self._beginning(field, prefix))

    def mask(self, name: Any, make: Callable[[], Mask]) -> Mask:
        """Return a set of documents under a name that means the same in every generation."""
        return self._kept(("mask", name), make)

    def noted(self, name: str, make: Callable[[], Kept]) -> Kept:
        """Return what is known of the documents that were not deleted until now."""
        return self._kept((name, self.reader.segment().deleted_count()), make)

    def living(self) -> Mask | None:
        """Return the documents that were not deleted, None if that is all of them."""
        if not self.reader.has_deletions():
            return None
        return self.noted("living", self._living)

    def spread(self, field: str, mean: float) -> Scores:
        """Return for each document what its length adds to the count of a word in BM25."""
        return self._kept(("spread", field, mean), lambda: self._spread(field, mean))

    def weight(self, field: str, text: bytes, mean: float) -> Scores:
        """Return BM25 of a frequent key for all documents, but for its rarity."""
        return self._kept(("weight", field, text, mean), lambda: self._weight(field, text, mean))

    def ordinals(self, field: str) -> NDArray[np.int32]:
        """Return for each document the place of its one key in the field, -1 if it has none."""
        return self._kept(("ordinals", field), lambda: self._ordinals(field))

    def dates(self, field: str | None) -> NDArray[np.int32]:
        """Return the values of a column; without one, nought for every document."""
        return self._kept(("dates", field), lambda: self._dates(field))

    def shares(self, field: str, documents: NDArray[Any]) -> Whole:
        """Return for each key of a field how many of the documents have it."""
        if documents.dtype == np.bool_ and self.fields[field].size <= _FEW_KEYS:
            packed = np.packbits(documents)
            bits = self._kept(("bits", field), lambda: self._bits(field))
            shares: Whole = np.bitwise_count(bits & packed).sum(axis=1, dtype=np.int64)
            return shares
        places = self.ordinals(field)[documents]
        return np.bincount(places + 1, minlength=self.fields[field].size + 1)[1:]

    def _kept(self, key: tuple[Any, ...], make: Callable[[], Kept]) -> Kept:
        return self._cache.get((self.name, *key), make)

    def _found(self, field: str, text: bytes) -> tuple[Texts | Pairs, int] | None:
        lists = self.fields.get(field)
        at = lists.find(text) if lists else -1
        return (lists, at) if lists and at >= 0 else None

    def _list(self, field: str, text: bytes) -> List | None:
        postings = self.postings(field, text)
        if postings is None:
            return None
        if len(postings.docs) * _DENSE <= self.size:
            return Seldom(postings.docs.astype(np.int64), np.ascontiguousarray(postings.counts))
        counts = np.zeros(self.size, postings.counts.dtype)
        counts[postings.docs] = postings.counts
        return Frequent(counts)

    def _places(self, field: str, text: bytes) -> Places | None:
        found = self._found(field, text)
        if not found:
            return None
        lists, at = found
        postings = lists.postings(at)
        begins = np.concatenate(([0], np.cumsum(postings.counts, dtype=np.int64)))
        where = lists.places(at, postings.counts)
        return Places(postings.docs.astype(np.int64), begins, where)

    def _beginning(self, field: str, prefix: bytes) -> Mask:
        mask = np.zeros(self.size, np.bool_)
        lists = self.fields.get(field)
        if isinstance(lists, Texts):
            keys = lists.beginning(prefix)
            if len(keys):
                mask[lists.documents(keys)] = True
        return mask

    def _living(self) -> Mask:
        mask = np.ones(self.size, np.bool_)
        mask[list(self.reader.segment().deleted_docs())] = False
        return mask

    def _spread(self, field: str, mean: float) -> Scores:
        length = self.reader.doc_field_length
        lengths = (length(number, field, 0) or 0 for number in range(self.size))
        share = np.float32(LENGTH) * np.fromiter(lengths, np.float32, self.size) / np.float32(mean)
        spread: Scores = np.float32(SATURATION) * (np.float32(1 - LENGTH) + share)
        return spread

    def _weight(self, field: str, text: bytes, mean: float) -> Scores:
        found = self.list_of(field, text)
        counts = found.counts.astype(np.float32) if isinstance(found, Frequent) else np.float32(0)
        return saturated(counts, self.spread(field, mean))

    def _ordinals(self, field: str) -> NDArray[np.int32]:
        places = np.full(self.size, -1, np.int32)
        lists = self.fields.get(field)
        if lists:
            flat = lists.flat()
            sizes = np.diff(flat.rows)
            places[flat.docs] = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
        return places

    def _dates(self, field: str | None) -> NDArray[np.int32]:
        if field is None:
            return np.zeros(self.size, np.int32)
        return np.fromiter(self.reader.column_reader(field), np.int32, self.size)

    def _bits(self, field: str) -> NDArray[np.uint8]:
        places = self.ordinals(field)
        keys = range(self.fields[field].size)
        return np.array([np.packbits(places == key) for key in keys], np.uint8)


def saturated(counts: Any, spread: Scores) -> Scores:
    """Return BM25's growth of a score with the count of a word."""
    weight: Scores = counts * np.float32(SATURATION + 1) / (counts + spread)
    return weight
