"""How an agenda lies in the days of its meeting, and where its hours clash."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from meetings import clock
from meetings.agenda.queries import Line
from meetings.models import Meeting


@dataclass(frozen=True)
class DayOfAgenda:
    """A day of a meeting with the lines that fall on it."""

    day: date
    lines: tuple[Line, ...]


def days_of(meeting: Meeting) -> list[date]:
    """Return the days over which a meeting goes."""
    first, last = clock.local(meeting.starts_at).date(), clock.local(meeting.ends_at).date()
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def by_day(meeting: Meeting, lines: Sequence[Line]) -> list[DayOfAgenda]:
    """Return the lines of an agenda on their days; what runs over stands on the day after all."""
    days: dict[date, list[Line]] = {day: [] for day in days_of(meeting)}
    day = min(days)
    for line in lines:
        if line.item.parent_id is None:  # what is nested stays with what it belongs to
            day = clock.local(line.starts_at).date()
        days.setdefault(day, []).append(line)
    return [DayOfAgenda(day, tuple(found)) for day, found in sorted(days.items())]


def clashes_of(meeting: Meeting, lines: Sequence[Line]) -> dict[str, list[Line]]:
    """Return the lines that begin before the one before them ends, and those that end too late."""
    top = [line for line in lines if line.item.parent_id is None]
    early = [line for before, line in pairwise(top) if line.starts_at < before.ends_at]
    late = [line for line in top if line.ends_at > meeting.ends_at]
    return {"early": early, "late": late[:1]}
