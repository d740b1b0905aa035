"""Name in what way a new paper is the same as stored ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from meetings.intake.fold import words_of
from meetings.intake.same.shingles import similarity


class SameKind(StrEnum):
    """In what way two papers are the same, the strongest first."""

    FILE = "file"
    NUMBER = "number"
    TEXT = "text"


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known of a paper; what is not known is empty."""

    id: str
    digest: bytes = b""
    signature: bytes = b""
    number: str = ""
    kind_family: str = ""
    issuer: str = ""
    issued: date | None = None


@dataclass(frozen=True)
class Sameness:
    """A stored paper that is the same as the new one in some way."""

    kind: SameKind
    id: str
    similarity: float


NEAR = 0.4  # of 6000 pairs of different texts the likest shared 0.35; 10 % misread words leave 0.48
TERM_STARTS = (2000, 2005, 2010, 2015, 2020, 2025)  # congress years: numbering starts anew


def compare(new: Known, stored: Sequence[Known]) -> list[Sameness]:
    """Return the stored papers that are the same as the new one, the strongest first."""
    found = [same for old in stored if (same := _compared(new, old))]
    ranks = list(SameKind)
    return sorted(found, key=lambda same: (ranks.index(same.kind), -same.similarity))


def _compared(new: Known, old: Known) -> Sameness | None:
    alike = similarity(new.signature, old.signature)
    if new.digest and new.digest == old.digest:
        return Sameness(SameKind.FILE, old.id, 1.0)
    if _same_number(new, old):
        return Sameness(SameKind.NUMBER, old.id, alike)
    return Sameness(SameKind.TEXT, old.id, alike) if alike >= NEAR else None


def _same_number(new: Known, old: Known) -> bool:
    if not (new.issued and old.issued):
        return False
    keys = [(words_of(k.number).lstrip("0"), k.kind_family, words_of(k.issuer)) for k in (new, old)]
    return keys[0] == keys[1] and all(keys[0]) and _share_term(new.issued, old.issued)


def _share_term(a: date, b: date) -> bool:
    """Tell whether two days may lie in one term; in a congress year itself either is possible."""
    return bool(_terms(a) & _terms(b))


def _terms(day: date) -> set[int]:
    term = max((year for year in TERM_STARTS if year <= day.year), default=0)
    return {term, term - 5} if day.year == term else {term}
