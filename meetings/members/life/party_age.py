"""Party age, and the badges that it brings (domain reference 2.4).

It runs from the admission, less the time outside the Party.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from meetings.members.life.fields import WORDS

LEVELS = tuple(int(word) for word in WORDS["badge"])
AWARDED_ON = ((2, 3), (5, 19), (9, 2), (11, 7))
"""Month and day of the four days of award."""
OLD, YEARS_EARLY, OLD_YEARS_EARLY = 70, 1, 2
"""Who is gravely ill may have a badge a year early, from this level on two."""


@dataclass(frozen=True)
class Reached:
    """A badge, and the day on which the years for it are full."""

    level: int
    on: date


def counted_from(admitted_on: date, days_out: int) -> date:
    """Return the day from which party age is counted."""
    return admitted_on + timedelta(days=days_out)


def years_later(day: date, years: int) -> date:
    """Return the same day so many years later; where there is none, the last of its month."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, day.month, 28)


def party_age(since: date, day: date) -> int:
    """Return the full years of party age on a day."""
    years = day.year - since.year
    return years if years_later(since, years) <= day else years - 1


def reached(since: date, after: date, until: date) -> Iterator[Reached]:
    """Yield the badges whose years are full after one day and until another."""
    for level in _within(since, after, until):
        on = years_later(since, level)
        if after < on <= until:
            yield Reached(level, on)


def _within(since: date, after: date, until: date) -> Iterator[int]:
    """Yield the badges whose years are full in the years between two days."""
    first, last = after.year - since.year, until.year - since.year
    yield from (level for level in LEVELS if first <= level <= last)


def early(since: date, day: date) -> Iterator[Reached]:
    """Yield the badges that on a day are not due yet, but may be given to who is gravely ill."""
    for level in _within(since, day, years_later(day, OLD_YEARS_EARLY)):
        on = years_later(since, level)
        if day < on <= years_later(day, OLD_YEARS_EARLY if level >= OLD else YEARS_EARLY):
            yield Reached(level, on)


def days_of_award(today: date, count: int = len(AWARDED_ON)) -> list[date]:
    """Return the next days of award, today among them."""
    years = range(today.year, today.year + count // len(AWARDED_ON) + 2)
    every = (date(year, month, day) for year in years for month, day in AWARDED_ON)
    return [day for day in every if day >= today][:count]


def award_before(day: date) -> date:
    """Return the day of award before another day."""
    years = (day.year - 1, day.year)
    every = [date(year, month, number) for year in years for month, number in AWARDED_ON]
    return max(one for one in every if one < day)
