"""Name what goes into the index and what comes out."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

NONE = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class PageEntry:
    """Hold the text of one page, counted from 1."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """Hold a document as it is to be found; issued_on is yyyymmdd, 0 where unknown."""

    document: str
    version: str
    pages: tuple[PageEntry, ...]
    symbol: str = ""
    title: str = ""
    issued_on: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """Point at the page on which a document answers best."""

    document: str
    version: str
    page: int
    score: float


class Matching(AbstractSet[str]):
    """Hold documents by their places among all of an index: to count many costs little."""

    def __init__(self, documents: Sequence[str] = (), places: NDArray[np.int64] = NONE) -> None:
        self.documents, self.places = documents, places

    def __contains__(self, document: object) -> bool:
        return document in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self.places)

    @property
    def _names(self) -> frozenset[str]:
        return frozenset(map(self.documents.__getitem__, self.places.tolist()))


@dataclass(frozen=True, slots=True)
class Results:
    """Hold one page of hits, the number of all documents that match, and which ones they are.

    They are the nearest where no document has all that was asked. `shown` tells how many of them
    are among those of which hits were wanted.
    """

    total: int = 0
    hits: list[Hit] = field(default_factory=list)
    nearest: bool = False
    shown: int = 0
    matching: Matching = field(default_factory=Matching, repr=False)
