"""A citation of a document, and the form in which two numbers are compared."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

DECISION_FAMILY = frozenset({"QĐ", "QĐi", "QyĐ"})
_CENTRE_WITH_HOOK = "TƯ"


class System(StrEnum):
    """The numbering that a symbol follows."""

    PARTY = "party"
    STATE = "state"
    LAW = "law"
    LETTER = "letter"
    STANDARD = "standard"


@dataclass(frozen=True, kw_only=True)
class Citation:
    """A cited number; start and end count characters of the text in Unicode NFC."""

    system: System
    number: str
    kind: str = ""
    organ: str = ""
    year: int | None = None
    date: dt.date | None = None
    flags: tuple[str, ...] = ()
    start: int = 0
    end: int = 0
    text: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the citation as JSON's own types."""
        return {
            "system": self.system,
            "number": self.number,
            "kind": self.kind,
            "organ": self.organ,
            "year": self.year,
            "date": self.date and self.date.isoformat(),
            "flags": list(self.flags),
            "start": self.start,
            "end": self.end,
            "text": self.text,
        }


def family(kind: str) -> str:
    """Return the kind under which an abbreviation is compared: Decision and Regulation are one."""
    return "QĐ" if kind in DECISION_FAMILY else kind


def central(organ: str) -> str:
    """Return the organ's symbol with the centre written as TW."""
    return "TW" if organ == _CENTRE_WITH_HOOK else organ


def canonical(number: str, kind: str, organ: str) -> tuple[str, str, str]:
    """Return what two writings of the same number have in common."""
    bare = number.strip().lower().lstrip("0") or "0"
    return bare, family(kind), central(organ)
