"""Hold the lists of one field end to end, as the writer makes them and a merge joins them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Small = NDArray[np.uint32]
Packed = NDArray[np.uint64]

DOC_BITS, PLACE_BITS = 20, 22
MOST_DOCS = 1 << DOC_BITS
MOST_KEYS = 1 << (64 - DOC_BITS - PLACE_BITS)
_DOC, _PLACE = np.uint64(MOST_DOCS - 1), np.uint64((1 << PLACE_BITS) - 1)


@dataclass(frozen=True)
class Flat:
    """Hold for each key, in order, its documents, how often each has it, and where.

    `keys` are places in the list of words or, for pairs, two such places in one number;
    `rows` says where the documents of each key begin and, at the end, where the last ones end.
    """

    keys: Packed
    rows: Whole
    docs: Small
    counts: Small
    places: Small | None = None


def of_occurrences(keys: Packed, docs: Packed, places: Packed | None) -> Flat:
    """Sort occurrences of keys into lists; all three of them fit into one number each."""
    line = (keys << np.uint64(DOC_BITS)) | docs
    if places is not None:
        line = (line << np.uint64(PLACE_BITS)) | places
    line.sort()
    where = None
    if places is not None:
        where = (line & _PLACE).astype(np.uint32)
        line >>= np.uint64(PLACE_BITS)
    begins = boundaries(line)
    counts = np.diff(begins).astype(np.uint32)
    line = line[begins[:-1]]
    key = line >> np.uint64(DOC_BITS)
    rows = boundaries(key)
    return Flat(key[rows[:-1]], rows, (line & _DOC).astype(np.uint32), counts, where)


def boundaries(line: Packed) -> Whole:
    """Return where each run of equal numbers begins, and the end."""
    if not len(line):
        return np.zeros(1, np.int64)
    changes = np.flatnonzero(line[1:] != line[:-1]) + 1
    return np.concatenate(([0], changes, [len(line)]))


def spread(starts: Whole, sizes: Whole) -> Whole:
    """Return the numbers start, start + 1 ... of each run, end to end."""
    ends = np.cumsum(sizes)
    numbers = np.arange(ends[-1] if len(ends) else 0)
    numbers += np.repeat(starts - ends + sizes, sizes)
    return numbers


def joined(parts: Sequence[Flat]) -> Flat:
    """Return the lists of segments one behind another; keys and documents are already common."""
    keys = np.unique(np.concatenate([part.keys for part in parts]))
    at = [np.searchsorted(keys, part.keys) for part in parts]
    docs, rows = _interleaved(at, [part.rows for part in parts], [p.docs for p in parts], len(keys))
    counts, _ = _interleaved(at, [p.rows for p in parts], [p.counts for p in parts], len(keys))
    if parts[0].places is None:
        return Flat(keys, rows, docs, counts)
    begins = [_begins(part)[part.rows] for part in parts]
    where = [part.places for part in parts if part.places is not None]
    places, _ = _interleaved(at, begins, where, len(keys))
    return Flat(keys, rows, docs, counts, places)


def _begins(part: Flat) -> Whole:
    return np.concatenate(([0], np.cumsum(part.counts, dtype=np.int64)))


def _interleaved(
    at: Sequence[Whole], begins: Sequence[Whole], values: Sequence[Small], size: int
) -> tuple[Small, Whole]:
    """Bring the runs of several parts together by key, the first part first."""
    sizes = np.zeros((len(at), size), np.int64)
    for number, (places, run) in enumerate(zip(at, begins, strict=True)):
        sizes[number, places] = np.diff(run)
    total = np.concatenate(([0], np.cumsum(sizes.sum(axis=0))))
    result = np.empty(total[-1], np.uint32)
    before = np.zeros(size, np.int64)
    for number, places in enumerate(at):
        own = sizes[number, places]
        result[spread((total[:-1] + before)[places], own)] = values[number]
        before += sizes[number]
    return result, total


def without(part: Flat, renumbered: Whole) -> Flat:
    """Return the lists with other numbers of documents; -1 drops a document."""
    docs = renumbered[part.docs]
    kept = docs >= 0
    if kept.all():
        return Flat(part.keys, part.rows, docs.astype(np.uint32), part.counts, part.places)
    sums = np.concatenate(([0], np.cumsum(kept)))
    rows = sums[part.rows]
    alive = np.diff(rows) > 0
    rows = np.concatenate((rows[:-1][alive], rows[-1:]))
    places = None
    if part.places is not None:
        places = part.places[np.repeat(kept, part.counts)]
    return Flat(part.keys[alive], rows, docs[kept].astype(np.uint32), part.counts[kept], places)
