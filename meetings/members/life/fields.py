"""The facts that are kept of a member, the class of each, and whether the list of a cell has it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Secrecy(StrEnum):
    """How a fact is kept (domain reference 2.3)."""

    PERSONAL = "P"
    CONFIDENTIAL = "C"
    SENSITIVE = "S"


class Shape(StrEnum):
    """How a fact is written."""

    LINE = "line"
    LINES = "lines"
    DAY = "day"
    """A day, or a year alone, as old papers have it."""
    WORD = "word"
    POINTS = "points"
    """A number from 0 to 100."""


@dataclass(frozen=True)
class Field:
    """A fact: its group on the page, its class, its shape."""

    group: str
    secrecy: Secrecy
    shape: Shape = Shape.LINE
    listed: bool = False
    """Whether it is one of the fourteen columns."""

    @property
    def sealed(self) -> bool:
        """Tell whether it is encrypted, and shown only with a reason."""
        return self.secrecy is Secrecy.SENSITIVE


P, C, S = Secrecy

FIELDS: Mapping[str, Field] = {
    "full_name": Field("identity", P, listed=True),
    "birth_name": Field("identity", P, listed=True),
    "aliases": Field("identity", P),
    "sex": Field("identity", P, Shape.WORD, listed=True),
    "birth_date": Field("identity", P, Shape.DAY, listed=True),
    "birth_place": Field("identity", P),
    "home_village": Field("identity", P, listed=True),
    "permanent_address": Field("identity", P),
    "temporary_address": Field("identity", P),
    "citizen_id": Field("identity", S),  # P by its class, masked all the same (4.3)
    "ethnicity": Field("identity", S),
    "religion": Field("identity", S),
    "record_number": Field("party", C),
    "card_number": Field("party", C, listed=True),
    "sponsors": Field("party", C),
    "youth_union_date": Field("party", P, Shape.DAY),
    "general_education": Field("education", P, listed=True),
    "profession": Field("education", P, listed=True),
    "theory": Field("education", P, Shape.WORD, listed=True),
    "languages": Field("education", P),
    "occupation": Field("work", P, listed=True),
    "army_service": Field("work", P),
    "history": Field("background", S, Shape.LINES),
    "foreign_links": Field("background", S, Shape.LINES),
    "family": Field("background", S, Shape.LINES),
    "economy": Field("background", C, Shape.LINES),
    "health": Field("background", S),
    "elsewhere": Field("event", C),
    "post": Field("event", P),
    "course": Field("event", P),
    "award": Field("event", P),
    "badge": Field("event", P, Shape.WORD),
    "penalty": Field("event", S, Shape.WORD),
    "reason": Field("event", S, Shape.LINES),
    "period": Field("event", C),
    "rating": Field("event", C, Shape.WORD),
    "points": Field("event", C, Shape.POINTS),
}
GROUPS = ("identity", "party", "education", "work", "background")
"""The groups of what is true of a member; what belongs to an event alone is in none of them."""
PROFILE = tuple(name for name, field in FIELDS.items() if field.group in GROUPS)
SEALED = frozenset(name for name, field in FIELDS.items() if field.sealed)
LISTED = tuple(name for name, field in FIELDS.items() if field.listed)
WORDS: Mapping[str, tuple[str, ...]] = {
    "sex": ("male", "female"),
    "theory": ("none", "elementary", "intermediate", "advanced", "bachelor"),
    "badge": ("30", "40", "45", "50", "55", "60", "65", "70", "75", "80", "85", "90"),
    "penalty": ("reprimand", "warning", "removal"),
    "rating": ("excellent", "good", "fulfilled", "unfulfilled"),
}
"""The values of those facts that are one of some words."""
