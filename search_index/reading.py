"""Read one generation of a Whoosh index as arrays."""

import time
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from whoosh.index import EmptyIndexError, FileIndex
from whoosh.query import Phrase
from whoosh.searching import Searcher

from search_index.errors import IndexDamaged
from search_index.units import Catalogue, Field, Postings, Units
from search_index.writing import Storage

_ATTEMPTS = 5
_PAUSE = 0.02
_CACHED_LISTS = 256


class Snapshot:
    """Answer from one generation, to any number of threads, whatever is committed meanwhile."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with _damage(folder):
            self._reader = _open(folder)
            self.catalogue, self._unit_at = _catalogue(self._reader)
        # Whoosh's readers share a place in their file, so one thread reads at a time; most of
        # the lists that a query needs are in the cache.
        self._reading = Lock()
        self.postings = lru_cache(_CACHED_LISTS)(self._postings)

    def phrase(self, pairs: tuple[str, ...]) -> Postings:
        """Return the units in which the pairs follow one another, each overlapping the next."""
        if len(pairs) == 1:
            return self.postings("pairs", pairs[0])
        query = Phrase("pairs", list(pairs))
        with self._reading, _damage(self._folder):
            numbers = array("i", Searcher(self._reader).docs_for_query(query))
        return self._once(self._units(numbers))

    def prefix(self, field: Field, key: str) -> Postings:
        """Return the units with a key that begins with this one."""
        with self._reading, _damage(self._folder):
            keys = [term.decode() for term in self._reader.expand_prefix(field, key)]
        lists = [self.postings(field, each).units for each in keys]
        return self._once(np.unique(np.concatenate([np.empty(0, np.int32), *lists])))

    def _postings(self, field: Field, key: str) -> Postings:
        numbers, counts = array("i"), array("f")
        with self._reading, _damage(self._folder):
            for reader, offset in self._reader.leaf_readers():
                if (field, key) in reader:
                    matcher = reader.postings(field, key)
                    while matcher.is_active():
                        numbers.append(matcher.id() + offset)
                        counts.append(matcher.weight())
                        matcher.next()
        return Postings(self._units(numbers), np.array(counts, np.float32))

    def _units(self, numbers: "array[int]") -> Units:
        """Return the units of Whoosh's numbers, which count what is deleted too."""
        return self._unit_at[np.array(numbers, np.int32)]

    @staticmethod
    def _once(units: Units) -> Postings:
        return Postings(units, np.ones(len(units), np.float32))


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


def _catalogue(reader: Any) -> tuple[Catalogue, Units]:
    """Return what the heads say, and for each number of Whoosh's the unit that has it."""
    heads: list[dict[str, Any]] = []
    live: list[int] = []
    for leaf, offset in reader.leaf_readers():
        numbers = list(leaf.all_doc_ids())
        at = 0
        while at < len(numbers):
            heads.append(leaf.stored_fields(numbers[at])["head"])
            at += len(heads[-1]["numbers"])
        live += [number + offset for number in numbers]
    unit_at = np.full(reader.doc_count_all(), -1, np.int32)
    unit_at[live] = np.arange(len(live), dtype=np.int32)
    catalogue = Catalogue(
        [head["document"] for head in heads],
        [head["version"] for head in heads],
        np.array([head["issued_on"] for head in heads], np.int64),
        np.array([number for head in heads for number in head["numbers"]], np.int64),
        np.array([length for head in heads for length in head["lengths"]], np.int64),
    )
    return catalogue, unit_at
