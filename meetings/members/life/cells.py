"""What a cell of a list says of a member, as the register keeps it; or why it cannot be."""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from meetings.intake.fold import words_of
from meetings.intake.legacy import guess
from meetings.members.life.days import Unreadable, read_day
from meetings.members.life.fields import FIELDS, Shape
from meetings.members.life.headings import ADMITTED_ON, OFFICIAL_ON

LONGEST = 300
EPOCH = date(1899, 12, 30)
"""The day from which spreadsheets count."""
SERIAL = re.compile(r"(\d{5})(?:\.0+)?")
"""A day as a spreadsheet counts it, from 1927 on; four digits are a year."""
SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{1,2}|\d+\.0+")
CARD = re.compile(r"\d{8,12}")
CITIZEN = re.compile(r"\d{9}|\d{12}")


class Fault(StrEnum):
    """Why a row cannot be entered."""

    MISSING = "missing"
    NO_DAY = "no day"
    NO_WHOLE_DAY = "no whole day"
    YET_TO_COME = "yet to come"
    BEFORE_BIRTH = "before birth"
    BEFORE_ADMISSION = "before admission"
    WORD = "word"
    CARD_DIGITS = "card digits"
    CITIZEN_DIGITS = "citizen digits"
    TOO_LONG = "too long"
    OLD_FONT = "old font"
    UNREADABLE = "unreadable"
    CELL_UNKNOWN = "cell unknown"
    CELL_AMBIGUOUS = "cell ambiguous"
    CELL_CLOSED = "cell closed"
    CARD_IN_FILE = "card in file"
    CARD_TAKEN = "card taken"
    TWICE = "twice"
    KNOWN = "known"


NUMBERS: Mapping[str, tuple[re.Pattern[str], Fault]] = {
    "card_number": (CARD, Fault.CARD_DIGITS),
    "citizen_id": (CITIZEN, Fault.CITIZEN_DIGITS),
}
SPOKEN: Mapping[str, Mapping[str, str]] = {
    "sex": {"nam": "male", "nu": "female"},
    "theory": {
        "chua": "none",
        "chua qua dao tao": "none",
        "khong": "none",
        "so cap": "elementary",
        "trung cap": "intermediate",
        "cao cap": "advanced",
        "cu nhan": "bachelor",
    },
}
"""How lists say the facts that are one of some words."""


class Faulty(ValueError):
    """A cell does not say what its column asks for."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def read_cell(name: str, text: str) -> str:
    """Return what a cell says of a fact, as it is kept; raise Faulty."""
    text = " ".join(text.split())
    if not text:
        return ""
    if name in SPOKEN:
        return _word(name, text)
    if name in NUMBERS:
        return _digits(text, *NUMBERS[name])
    return READERS.get(name, _line)(text)


def order_faults(days: Mapping[str, str], until: date) -> dict[str, Fault]:
    """Return which days of a life cannot be: each lies after the one before, none after a list."""
    given = {name: _earliest(kept) for name, kept in days.items() if kept}
    late = {name: Fault.YET_TO_COME for name, day in given.items() if day > until}
    before = {ADMITTED_ON: Fault.BEFORE_BIRTH, OFFICIAL_ON: Fault.BEFORE_ADMISSION}
    order = {
        name: before.get(name, Fault.NO_DAY)
        for (_, day), (name, following) in pairwise(given.items())
        if following <= day
    }
    return order | late


def _earliest(kept: str) -> date:
    year, month, day = (*map(int, kept.split("-")), 1, 1)[:3]
    return date(year, month, day)


def _day(text: str) -> str:
    serial = SERIAL.fullmatch(text)
    if serial:
        return (EPOCH + timedelta(days=int(serial[1]))).isoformat()
    try:
        return read_day(text)
    except Unreadable:
        raise Faulty(Fault.NO_DAY) from None


def _whole_day(text: str) -> str:
    kept = _day(text)
    if len(kept) != len(EPOCH.isoformat()):
        raise Faulty(Fault.NO_WHOLE_DAY)
    return kept


def _word(name: str, text: str) -> str:
    spoken = SPOKEN[name].get(words_of(text))
    if spoken is None:
        raise Faulty(Fault.WORD)
    return spoken


def _digits(text: str, shape: re.Pattern[str], fault: Fault) -> str:
    """Return a number; a spreadsheet may have shown it as a fraction or as a power of ten."""
    digits = str(int(float(text))) if SCIENTIFIC.fullmatch(text) else text
    digits = "".join(c for c in digits if c not in " .-")
    if not shape.fullmatch(digits):
        raise Faulty(fault)
    return digits


def _line(text: str) -> str:
    if len(text) > LONGEST:
        raise Faulty(Fault.TOO_LONG)
    if not text.isascii() and guess(text):
        raise Faulty(Fault.OLD_FONT)
    if "\ufffd" in text or not text.isprintable():
        raise Faulty(Fault.UNREADABLE)
    return text


READERS: Mapping[str, Callable[[str], str]] = {
    ADMITTED_ON: _whole_day,
    OFFICIAL_ON: _whole_day,
    **{name: _day for name, field in FIELDS.items() if field.shape is Shape.DAY},
}
