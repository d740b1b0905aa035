"""Name what goes into the index and what comes out."""

from dataclasses import dataclass, field


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
    matching: frozenset[str] = field(default=frozenset(), repr=False)
