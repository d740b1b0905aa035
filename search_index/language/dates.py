"""Read days, months and years as they are written in Vietnamese."""

import re
from calendar import monthrange
from dataclasses import dataclass

from search_index.language.spelling import any_accents

FIRST, LAST = 0, 9999_12_31
_MONTHS = range(1, 13)

_DAY, _MONTH, _YEAR = (any_accents(name) for name in ("ngay", "thang", "nam"))
_SAID = rf"(?:{_DAY}\s+)?[0-9]{{1,2}}\s+{_MONTH}\s+[0-9]{{1,2}}\s+{_YEAR}\s+[0-9]{{4}}"
_WRITTEN = rf"(?:{_DAY}\s+)?[0-9]{{1,2}}(?P<dash>[/.-])[0-9]{{1,2}}(?P=dash)[0-9]{{4}}"
DATE = rf"(?<![\w/.-])(?:{_SAID}|{_WRITTEN})(?![\w/])"
"""A whole date, with one group, `dash`."""

_SPAN = re.compile(
    rf"""\s*
    (?:{_DAY}\s+)? (?P<day>[0-9]{{1,2}}) (?:\s*[/.-]\s*|\s+{_MONTH}\s+)
        (?P<month>[0-9]{{1,2}}) (?:\s*[/.-]\s*|\s+{_YEAR}\s+) (?P<year>[0-9]{{4}})
    | \s*(?:{_MONTH}\s+)? (?P<month_only>[0-9]{{1,2}}) (?:\s*[/.-]\s*|\s+{_YEAR}\s+)
        (?P<its_year>[0-9]{{4}})
    | \s*(?:{_YEAR}\s+)? (?P<year_only>[0-9]{{4}})
    """,
    re.VERBOSE | re.IGNORECASE,
)
_TILL = any_accents("den")
_TO = re.compile(rf"\s*(?:\.\.+|…|[-\u2013\u2014]|{_TILL}(?!\w))", re.IGNORECASE)
_END = re.compile(r"(?![\w/])")


@dataclass(frozen=True, slots=True)
class Days:
    """Hold the days from the first to the last as yyyymmdd, both included."""

    first: int = FIRST
    last: int = LAST


ALWAYS = Days()


def days_at(text: str) -> tuple[Days, int] | None:
    """Return the days that a text begins with and where it goes on: one span, or from .. to."""
    begun = _span(text, 0)
    dots = _TO.match(text, begun[1] if begun else 0)
    ended = _span(text, dots.end()) if dots else None
    if dots and (begun or ended):
        first = begun[0].first if begun else FIRST
        last = ended[0].last if ended else LAST
        return Days(min(first, last), max(first, last)), ended[1] if ended else dots.end()
    return begun


def day(text: str) -> Days | None:
    """Return the day that a text is, or None where it is none of the calendar."""
    found = _span(text, 0)
    return found[0] if found and found[1] == len(text) else None


def _span(text: str, at: int) -> tuple[Days, int] | None:
    found = _SPAN.match(text, at)
    if not found or not _END.match(text, found.end()):
        return None
    days = _days(found)
    return (days, found.end()) if days else None


def _days(found: re.Match[str]) -> Days | None:
    year = int(found["year"] or found["its_year"] or found["year_only"])
    month = int(found["month"] or found["month_only"] or 0)
    if found["year_only"]:
        return Days(year * 10000, year * 10000 + 1231)
    if not year or month not in _MONTHS:
        return None
    length = monthrange(year, month)[1]
    if not found["day"]:
        return Days(year * 10000 + month * 100, year * 10000 + month * 100 + length)
    one = int(found["day"])
    return Days(*[year * 10000 + month * 100 + one] * 2) if 1 <= one <= length else None
