"""Turn the keys of documents into posting lists, all keys of a field at once."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from search_index.arrays.flat import (
    MOST_DOCS,
    MOST_KEYS,
    Flat,
    Packed,
    joined,
    of_occurrences,
    spread,
)

_PAIR_BITS = np.uint64(22)
_RIGHT = np.uint64((1 << 22) - 1)
_HALF = np.uint64(32)
_HALF_MASK = np.uint64((1 << 32) - 1)


@dataclass(frozen=True)
class Inverted:
    """Hold the keys of a field in order, their lists, and those of the pairs of neighbours."""

    keys: list[bytes]
    lists: Flat
    pairs: Flat | None = None


class _Numbers(dict[str, int]):
    """Number keys in the order in which they are first asked for."""

    def __missing__(self, key: str) -> int:
        number = self[key] = len(self)
        return number


class Inverter:
    """Collect the keys of one field, document by document."""

    def __init__(self, *, placed: bool, paired: bool) -> None:
        self._placed, self._paired = placed, paired
        self._numbers = _Numbers()
        self._line = array("I")
        self._docs: list[int] = []
        self._sizes: list[int] = []

    def add(self, doc: int, keys: Iterable[str]) -> int:
        """Add a document and return how many keys it has."""
        before = len(self._line)
        self._line.extend(map(self._numbers.__getitem__, keys))
        size = len(self._line) - before
        self._docs.append(doc)
        self._sizes.append(size)
        return size

    def inverted(self) -> Inverted:
        """Return the lists of all that was added."""
        keys = [key.encode() for key in self._numbers]
        order = sorted(range(len(keys)), key=keys.__getitem__)
        if len(keys) > MOST_KEYS or (self._docs and self._docs[-1] >= MOST_DOCS):
            message = "too much for one segment"
            raise OverflowError(message)
        rank = np.empty(len(keys), np.uint64)
        rank[order] = np.arange(len(keys), dtype=np.uint64)
        line = rank[np.frombuffer(self._line, np.uint32)]
        sizes = np.array(self._sizes, np.int64)
        docs = np.repeat(np.array(self._docs, np.uint64), sizes)
        places = spread(np.zeros(len(sizes), np.int64), sizes).astype(np.uint64)
        pairs = _pairs(line, docs) if self._paired else None
        lists = of_occurrences(line, docs, places if self._placed else None)
        return Inverted([keys[at] for at in order], lists, pairs)


def _pairs(line: Packed, docs: Packed) -> Flat:
    together = docs[1:] == docs[:-1]
    keys = ((line[:-1] << _PAIR_BITS) | line[1:])[together]
    found = of_occurrences(keys, docs[1:][together], None)
    wide = ((found.keys >> _PAIR_BITS) << _HALF) | (found.keys & _RIGHT)
    return Flat(wide, found.rows, found.docs, found.counts)


def merged(parts: Sequence[Inverted]) -> Inverted:
    """Return the lists of parts that follow one another, by concatenating them key by key."""
    if len(parts) == 1:
        return parts[0]
    keys = sorted(set().union(*(part.keys for part in parts)))
    place = {key: at for at, key in enumerate(keys)}
    maps = [np.array([place[key] for key in part.keys], np.uint64) for part in parts]
    lists = joined(
        [_renamed(part.lists, own[part.lists.keys]) for part, own in zip(parts, maps, strict=True)]
    )
    pairs = [
        _renamed(part.pairs, _both(own, part.pairs.keys))
        for part, own in zip(parts, maps, strict=True)
        if part.pairs is not None
    ]
    return Inverted(keys, lists, joined(pairs) if pairs else None)


def _renamed(lists: Flat, keys: Packed) -> Flat:
    return Flat(keys, lists.rows, lists.docs, lists.counts, lists.places)


def _both(place: Packed, pairs: Packed) -> Packed:
    both: Packed = (place[pairs >> _HALF] << _HALF) | place[pairs & _HALF_MASK]
    return both


def compact(whole: Inverted) -> Inverted:
    """Return the same without keys that have no list, which deletions leave behind."""
    if len(whole.lists.keys) == len(whole.keys):
        return whole
    kept = whole.lists.keys.tolist()
    place = np.zeros(len(whole.keys), np.uint64)
    place[kept] = np.arange(len(kept), dtype=np.uint64)
    lists = _renamed(whole.lists, np.arange(len(kept), dtype=np.uint64))
    pairs = whole.pairs
    if pairs is not None:
        pairs = _renamed(pairs, _both(place, pairs.keys))
    return Inverted([whole.keys[at] for at in kept], lists, pairs)
