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
    """Hold one page of hits and the number of all documents that match.

    They are the nearest where no document has all that was asked.
    """

    total: int = 0
    hits: list[Hit] = field(default_factory=list)
    nearest: bool = False
