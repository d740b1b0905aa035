"""Read one generation of a Whoosh index as arrays."""

import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from secrets import token_hex
from typing import Any

import numpy as np
from whoosh.index import EmptyIndexError, FileIndex
from whoosh.query import Phrase

from search_index.arrays.cache import SHARED, Kept
from search_index.arrays.evaluation import Evaluation
from search_index.arrays.segment import Segment
from search_index.arrays.statistics import Fixed
from search_index.errors import IndexDamaged
from search_index.units import Catalogue, Field, Mask, Numbers, Postings, Units, joined
from search_index.writing import Storage

_ATTEMPTS = 5
_PAUSE = 0.02
_HEAD_BYTES = 300
_PAIR = 2


@dataclass(frozen=True)
class _Heads:
    """Hold what the heads of one segment say, and the numbers of its living units."""

    known: Catalogue
    living: Numbers

    @property
    def nbytes(self) -> int:
        """Return about how many bytes it takes."""
        return _HEAD_BYTES * len(self.known.documents) + 3 * self.living.nbytes


class Snapshot:
    """Answer from one generation, to any number of threads, whatever is committed meanwhile."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._name = folder, token_hex(8)
        with _damage(folder):
            self._reader = _open(folder)
            self._parts = [
                (Segment(leaf, SHARED), offset)
                for leaf, offset in self._reader.leaf_readers()
                if leaf.doc_count_all()
            ]
            self.catalogue, self._unit_at = self._read_catalogue()

    def postings(self, field: Field, key: str) -> Postings:
        """Return the units that have the key."""
        with _damage(self._folder):
            found = [(part.postings(field, key.encode()), at) for part, at in self._parts]
        some = [(each, at) for each, at in found if each is not None]
        numbers = [np.empty(0, np.int64), *(each.docs.astype(np.int64) + at for each, at in some)]
        counts = [np.empty(0, np.float32), *(each.counts.astype(np.float32) for each, _ in some)]
        units = self._unit_at[np.concatenate(numbers)]
        alive = units >= 0
        return Postings(units[alive], np.concatenate(counts)[alive])

    def phrase(self, words: tuple[str, ...]) -> Postings:
        """Return the units in which the words follow one another."""
        if len(words) == _PAIR:
            return self.postings("pairs", "_".join(words))
        query = Phrase("words", list(words))
        return self._once(lambda part: Evaluation(part, Fixed(), None).mask(query))

    def prefix(self, field: Field, key: str) -> Postings:
        """Return the units with a key that begins with this one."""
        return self._once(lambda part: part.beginning(field, key.encode()))

    def kept(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """Return what was worked out of this generation under a key, made now if it was not."""
        return SHARED.get((self._name, key), make)

    def _once(self, find: Callable[[Segment], Mask]) -> Postings:
        numbers = [np.empty(0, np.int64)]
        with _damage(self._folder):
            numbers += [np.flatnonzero(find(part)) + offset for part, offset in self._parts]
        units = self._unit_at[np.concatenate(numbers)]
        units = units[units >= 0]
        return Postings(units, np.ones(len(units), np.float32))

    def _read_catalogue(self) -> tuple[Catalogue, Units]:
        """Return what the heads say, and for each number of Whoosh's the unit that has it."""
        parts = [part.noted("heads", partial(_heads, part.reader)) for part, _ in self._parts]
        offsets = [offset for _, offset in self._parts]
        living = [part.living + offset for part, offset in zip(parts, offsets, strict=True)]
        live = np.concatenate([np.empty(0, np.int64), *living])
        unit_at = np.full(self._reader.doc_count_all(), -1, np.int32)
        unit_at[live] = np.arange(len(live), dtype=np.int32)
        catalogue = joined([part.known for part in parts])
        return catalogue, unit_at


def generation(folder: Path) -> int:
    """Return the newest generation in a folder, -1 where there is none."""
    names = [name for name in Storage(folder).list() if name.endswith(".toc")]
    return max((int(name[: -len(".toc")].rpartition("_")[2]) for name in names), default=-1)


@contextmanager
def _damage(folder: Path) -> Iterator[None]:
    """Report as damage whatever Whoosh makes of a broken file: there is no end to the kinds."""
    try:
        yield
    except Exception as error:
        message = f"the index in {folder} cannot be read: {error!r}"
        raise IndexDamaged(message) from error


def _open(folder: Path) -> Any:
    """Return a reader of the newest generation.

    A commit may take the files of the one before away between their names and their content.
    """
    for _ in range(_ATTEMPTS):
        try:
            return FileIndex(Storage(folder)).reader()
        except (FileNotFoundError, EmptyIndexError) as error:
            missing = error
            time.sleep(_PAUSE)
    raise missing


def _heads(reader: Any) -> _Heads:
    """Return the heads of the documents of a segment that were not deleted."""
    numbers = list(reader.all_doc_ids())
    heads, at = [], 0
    while at < len(numbers):
        heads.append(reader.stored_fields(numbers[at])["head"])
        at += len(heads[-1]["numbers"])
    known = Catalogue(
        [head["document"] for head in heads],
        [head["version"] for head in heads],
        np.array([head["issued_on"] for head in heads], np.int64),
        np.array([number for head in heads for number in head["numbers"]], np.int64),
        np.array([length for head in heads for length in head["lengths"]], np.int64),
    )
    return _Heads(known, np.array(numbers, np.int64))
