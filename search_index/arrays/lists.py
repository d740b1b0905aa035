"""Write the posting lists of a segment into one file and read them where they lie.

The file is a row of arrays, each at a multiple of eight bytes, then a table of contents in JSON
and its length. A reader maps it into memory: processes share the pages, nothing is copied until a
list is asked for. Per key the file has the number of its first document, then, each packed in the
narrowest width: the steps to the next documents, how often each has the key, at which places.
"""

import json
import mmap
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from search_index.arrays import packing
from search_index.arrays.flat import Flat, Packed, Small
from search_index.arrays.packing import Bytes

MAGIC = b"NSA1"
_ALIGNED = 8
_STARTS = 8
"""Bytes of a key that are compared as one number."""

Arrays = Mapping[str, NDArray[Any]]


@dataclass(frozen=True)
class Postings:
    """Hold the documents that have a key, ascending, and how often each has it."""

    docs: Small
    counts: Small


def starts(words: Sequence[bytes]) -> Packed:
    """Return the first bytes of each word as a number; sorted as the words are."""
    return np.array(words, f"S{_STARTS}").astype(f"S{_STARTS}").view(">u8").astype(np.uint64)


def parts_of(flat: Flat) -> dict[str, NDArray[Any]]:
    """Return the arrays under which the lists of a field are written."""
    sizes = np.diff(flat.rows)
    heads = flat.rows[:-1]
    kept = np.ones(len(flat.docs), np.bool_)
    kept[heads] = False
    steps = np.diff(flat.docs.astype(np.int64), prepend=0)[kept].astype(np.uint32)
    begins = np.concatenate(([0], np.cumsum(sizes - 1)))
    packed_steps, step_at = packing.pack(steps, begins, packing.widths(steps, begins))
    width = packing.widths(flat.counts, flat.rows, none=1)
    packed_counts, count_at = packing.pack(flat.counts, flat.rows, width)
    made: dict[str, NDArray[Any]] = {
        "row": flat.rows.astype(np.uint32),
        "first": flat.docs[heads],
        "step": packed_steps,
        "step_at": step_at.astype(np.uint32),
        "count": packed_counts,
        "count_at": count_at.astype(np.uint32),
    }
    if flat.places is not None:
        occurrence = np.concatenate(([0], np.cumsum(flat.counts, dtype=np.int64)))[flat.rows]
        width = packing.widths(flat.places, occurrence)
        made["place"], at = packing.pack(flat.places, occurrence, np.maximum(width, 1))
        made["place_at"] = at.astype(np.uint64)
    return made


def write(file: BinaryIO, fields: Mapping[str, Arrays]) -> None:
    """Write the arrays of all fields and where they lie."""
    contents: dict[str, dict[str, tuple[str, int, int]]] = {}
    file.write(MAGIC.ljust(_ALIGNED, b"\0"))
    offset = _ALIGNED
    for field, arrays in fields.items():
        for name, array in arrays.items():
            contents.setdefault(field, {})[name] = (array.dtype.str, offset, len(array))
            file.write(array.tobytes())
            gap = -array.nbytes % _ALIGNED
            file.write(bytes(gap))
            offset += array.nbytes + gap
    table = json.dumps(contents).encode()
    file.write(table)
    file.write(len(table).to_bytes(_ALIGNED, "little"))


class Field:
    """Find the posting lists of one field by the place of a key."""

    def __init__(self, arrays: Arrays) -> None:
        self._arrays = arrays
        self.row: Small = arrays["row"]
        self.size = len(self.row) - 1
        self.placed = "place" in arrays

    def postings(self, at: int) -> Postings:
        """Return the list of a key."""
        arrays = self._arrays
        size = int(self.row[at + 1] - self.row[at])
        docs = np.empty(size, np.uint32)
        docs[0] = arrays["first"][at]
        if size > 1:
            docs[1:] = packing.one(arrays["step"], arrays["step_at"][at : at + 2], size - 1)
            np.cumsum(docs, dtype=np.uint32, out=docs)
        counts = packing.one(arrays["count"], arrays["count_at"][at : at + 2], size)
        return Postings(docs, np.ones(size, np.uint8) if counts is None else counts)

    def places(self, at: int, counts: Small) -> NDArray[Any]:
        """Return the places of a key, those of each document ascending, end to end."""
        ends = self._arrays["place_at"][at : at + 2]
        found: NDArray[Any] = packing.one(self._arrays["place"], ends, int(counts.sum()))
        return found

    def documents(self, keys: range) -> Small:
        """Return the documents of neighbouring keys end to end."""
        arrays = self._arrays
        rows = self.row[keys.start : keys.stop + 1].astype(np.int64) - int(self.row[keys.start])
        sizes = np.diff(rows)
        begins = np.concatenate(([0], np.cumsum(sizes - 1)))
        steps = np.zeros(rows[-1], np.int64)
        later = np.ones(rows[-1], np.bool_)
        later[rows[:-1]] = False
        at = arrays["step_at"][keys.start : keys.stop + 1].astype(np.int64)
        steps[later] = packing.unpack(arrays["step"], at, begins)
        sums = np.cumsum(steps)
        base = arrays["first"][keys.start : keys.stop].astype(np.int64) - sums[rows[:-1]]
        docs: Small = (sums + np.repeat(base, sizes)).astype(np.uint32)
        return docs

    def flat(self) -> Flat:
        """Return all lists end to end."""
        arrays = self._arrays
        rows = self.row.astype(np.int64)
        docs = self.documents(range(self.size))
        counts = packing.unpack(arrays["count"], arrays["count_at"].astype(np.int64), rows, none=1)
        keys = self._names()
        if not self.placed:
            return Flat(keys, rows, docs, counts)
        occurrence = np.concatenate(([0], np.cumsum(counts, dtype=np.int64)))[rows]
        where = arrays["place_at"].astype(np.int64)
        return Flat(keys, rows, docs, counts, packing.unpack(arrays["place"], where, occurrence))

    def _names(self) -> Packed:
        return np.arange(self.size, dtype=np.uint64)


class Texts(Field):
    """Find the lists of keys that are texts."""

    def __init__(self, arrays: Arrays) -> None:
        super().__init__(arrays)
        self._start: Packed = arrays["start"]
        self._text: Bytes = arrays["text"]
        self._text_at: Small = arrays["text_at"]

    def key(self, at: int) -> bytes:
        """Return the text of a key by its place."""
        return self._text[self._text_at[at] : self._text_at[at + 1]].tobytes()

    def texts(self) -> list[bytes]:
        """Return all keys in order."""
        text, ends = self._text.tobytes(), self._text_at.tolist()
        return [text[ends[at] : ends[at + 1]] for at in range(self.size)]

    def first_from(self, key: bytes) -> int:
        """Return the place of the first key that is not less."""
        start = starts([key])[0]
        at, end = int(np.searchsorted(self._start, start)), self.size
        if at < end and self._start[at] == start and len(key) > _STARTS:
            end = int(np.searchsorted(self._start, start, "right"))
            at += bisect_left(range(at, end), key, key=self.key)
        return at

    def find(self, key: bytes) -> int:
        """Return the place of a key, -1 if it has no list."""
        at = self.first_from(key)
        return at if at < self.size and self.key(at) == key else -1

    def beginning(self, prefix: bytes) -> range:
        """Return the places of the keys that begin with this one."""
        first = self.first_from(prefix)
        later = range(first, self.size)
        return later[: bisect_right(later, prefix, key=lambda at: self.key(at)[: len(prefix)])]


class Pairs(Field):
    """Find the lists of pairs of neighbours, whose keys are two places among the words."""

    def __init__(self, arrays: Arrays, words: Texts) -> None:
        super().__init__(arrays)
        self.numbers: Packed = arrays["pair"]
        self._words = words

    def key(self, at: int) -> bytes:
        """Return the words of a pair, joined."""
        left, right = divmod(int(self.numbers[at]), 1 << 32)
        return self._words.key(left) + b"_" + self._words.key(right)

    def texts(self) -> list[bytes]:
        """Return all keys, in the order of their words."""
        words = self._words.texts()
        return [words[n >> 32] + b"_" + words[n & 0xFFFFFFFF] for n in self.numbers.tolist()]

    def find(self, key: bytes) -> int:
        """Return the place of a pair, -1 if it has no list; a word may have a _ of its own."""
        for left, right in _halves(key):
            ends = self._words.find(left), self._words.find(right)
            if min(ends) >= 0:
                number = np.uint64(ends[0] << 32 | ends[1])
                at = int(np.searchsorted(self.numbers, number))
                if at < self.size and self.numbers[at] == number:
                    return at
        return -1

    def _names(self) -> Packed:
        return self.numbers


def _halves(key: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = key.find(b"_", 1)
    while at > 0:
        yield key[:at], key[at + 1 :]
        at = key.find(b"_", at + 1)


class Lists:
    """Hold the mapped file of a segment with its fields by name."""

    def __init__(self, file: Any) -> None:
        self._bytes = np.frombuffer(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), np.uint8)
        contents = self._contents()
        self.fields: dict[str, Texts | Pairs] = {}
        for name, table in contents.items():
            arrays = {part: self._array(*place) for part, place in table.items() if part != "of"}
            if "pair" not in arrays:
                self.fields[name] = Texts(arrays)
        for name, table in contents.items():
            if "pair" in table:
                arrays = {part: self._array(*place) for part, place in table.items()}
                owner = bytes(arrays["of"]).decode()
                words = self.fields[owner]
                if isinstance(words, Texts):
                    self.fields[name] = Pairs(arrays, words)

    def _contents(self) -> dict[str, dict[str, tuple[str, int, int]]]:
        if self._bytes[:4].tobytes() != MAGIC:
            message = "not a file of posting lists"
            raise ValueError(message)
        size = int.from_bytes(self._bytes[-_ALIGNED:].tobytes(), "little")
        table = self._bytes[-_ALIGNED - size : -_ALIGNED].tobytes()
        found: dict[str, dict[str, tuple[str, int, int]]] = json.loads(table)
        return found

    def _array(self, kind: str, offset: int, size: int) -> NDArray[Any]:
        dtype = np.dtype(kind)
        return self._bytes[offset : offset + size * dtype.itemsize].view(dtype)
