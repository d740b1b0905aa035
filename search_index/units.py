"""Describe what an engine holds: units of text and the lists of units that have a key.

A document is a head, which holds its title and symbol, followed by its pages. Heads and pages
are units; arrays over units are in this order, arrays over documents in the order of the heads.
"""

from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from search_index.arrays.cache import Kept
from search_index.arrays.statistics import LENGTH, SATURATION, Fixed

Numbers = NDArray[np.int64]
Units = NDArray[np.int32]
Counts = NDArray[np.float32]
Counted = NDArray[np.unsignedinteger[Any]] | Counts
Scores = NDArray[np.float32]
Mask = NDArray[np.bool_]
Field = Literal["words", "exact", "pairs", "cites", "symbol"]


class Places(dict[str, int]):
    """Hold the place of each document by its id; what is not there is past the last one."""

    def __missing__(self, _: str) -> int:
        return len(self)


@dataclass(frozen=True)
class Catalogue:
    """Hold what is known of every unit; page 0 marks a head, length counts words."""

    documents: Sequence[str]
    versions: Sequence[str]
    issued_on: Numbers
    page: Numbers
    length: Numbers

    @cached_property
    def document_of(self) -> Numbers:
        """Return for each unit the place of its document."""
        return np.cumsum(self.page == 0) - 1

    @cached_property
    def heads(self) -> Numbers:
        """Return for each document the place of its head."""
        return np.flatnonzero(self.page == 0)

    @cached_property
    def sizes(self) -> Numbers:
        """Return for each document how many units it is."""
        return np.diff(self.heads, append=len(self.page))

    @cached_property
    def spread(self) -> Scores:
        """Return for each unit what its length adds to the count of a word in BM25."""
        usual = Fixed()
        page, title = usual.mean_length("words"), usual.mean_length("title")
        mean = np.where(self.page > 0, page, title).astype(np.float32)
        share = np.float32(LENGTH) * self.length.astype(np.float32) / mean
        spread: Scores = np.float32(SATURATION) * (np.float32(1 - LENGTH) + share)
        return spread

    @cached_property
    def place(self) -> Places:
        """Return the place of each document by its id."""
        return Places((document, at) for at, document in enumerate(self.documents))

    def chosen(self, documents: "Chosen") -> Mask:
        """Return some documents as a mask; ids that are not there do no harm."""
        if callable(documents):
            return documents(self.documents)
        places = np.fromiter(map(self.place.__getitem__, documents), np.int64, len(documents))
        mask = np.zeros(len(self.documents) + 1, np.bool_)
        mask[places] = True
        return mask[:-1]


Chosen = Collection[str] | Callable[[Sequence[str]], Mask]
"""Some documents by their ids, or what tells of all documents of an index which ones they are."""
Order = Callable[[Sequence[str]], Numbers]
"""What tells of all documents of an index how early each stands, the greatest first."""


def joined(parts: Sequence[Catalogue]) -> Catalogue:
    """Return what is known of the units of several parts, one part after the other."""

    def numbers(name: str) -> Numbers:
        return np.concatenate([np.empty(0, np.int64), *(getattr(part, name) for part in parts)])

    return Catalogue(
        [document for part in parts for document in part.documents],
        [version for part in parts for version in part.versions],
        numbers("issued_on"),
        numbers("page"),
        numbers("length"),
    )


@dataclass(frozen=True)
class Postings:
    """Hold the units that have a key, ascending, and how often each has it."""

    units: Units
    counts: Counts


class Source(Protocol):
    """Answer from one state of an index, which never changes."""

    @property
    def catalogue(self) -> Catalogue:
        """Return what is known of every unit."""

    def postings(self, field: Field, key: str) -> Postings:
        """Return the units that have the key."""

    def phrase(self, words: tuple[str, ...]) -> Postings:
        """Return the units in which the words follow one another."""

    def prefix(self, field: Field, key: str) -> Postings:
        """Return the units with a key that begins with this one."""

    def kept(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """Return what was worked out of this state under a key, made now if it was not."""
