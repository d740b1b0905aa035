"""Days as old papers have them: whole, a month of a year, or a year alone."""

import re
from datetime import date

_WHOLE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MONTH = re.compile(r"(\d{1,2})[/.-](\d{4})")
_YEAR = re.compile(r"\d{4}")
EARLIEST = 1900


class Unreadable(ValueError):
    """No calendar has such a day."""


def read_day(text: str) -> str:
    """Return a day as it is kept, 1966-11-25, 1966-11 or 1966; raise Unreadable."""
    text = text.strip()
    if not text:
        return ""
    year, month, day = _parts(text)
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        raise Unreadable(text) from None
    if year < EARLIEST:
        raise Unreadable(text)
    kept = [f"{year:04}", *(f"{part:02}" for part in (month, day) if part)]
    return "-".join(kept)


def _parts(text: str) -> tuple[int, int, int]:
    if match := _WHOLE.fullmatch(text):
        return int(match[3]), _positive(match[2]), _positive(match[1])
    if match := _ISO.fullmatch(text):
        return int(match[1]), _positive(match[2]), _positive(match[3])
    if match := _MONTH.fullmatch(text):
        return int(match[2]), _positive(match[1]), 0
    if match := _YEAR.fullmatch(text):
        return int(match[0]), 0, 0
    raise Unreadable(text)


def _positive(digits: str) -> int:
    number = int(digits)
    if number == 0:
        raise Unreadable(digits)
    return number


def day_text(kept: str) -> str:
    """Return a kept day as people here write it: 25/11/1966, 11/1966, 1966."""
    return "/".join(reversed(kept.split("-")))
