"""The meetings of a month, laid out in weeks."""

import calendar
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select
from sqlalchemy.orm import Session, joinedload

from meetings import clock, policy
from meetings.models import Meeting
from meetings.policy import Asker

LOOK_AHEAD = timedelta(days=90)


@dataclass(frozen=True)
class Day:
    """A day of the picture; those of the months beside it fill the first and the last week."""

    date: date
    inside: bool
    meetings: tuple[Meeting, ...]


@dataclass(frozen=True)
class Month:
    """A month in weeks from Monday to Sunday, and the months beside it where there is anything."""

    first: date
    before: date | None
    after: date | None
    weeks: tuple[tuple[Day, ...], ...]

    @property
    def meetings(self) -> list[Meeting]:
        """Return the meetings of the month itself, earliest first, each once."""
        shown = (
            meeting for week in self.weeks for day in week if day.inside for meeting in day.meetings
        )
        return list(dict.fromkeys(shown))


def month_of(session: Session, user: Asker, day: date) -> Month:
    """Return the month of a day with the meetings that a person may see."""
    first = day.replace(day=1)
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    by_day = _meetings_by_day(session, user, weeks[0][0], weeks[-1][-1])
    before, after = first - timedelta(days=1), (first + timedelta(days=31)).replace(day=1)
    return Month(
        first,
        before=before.replace(day=1) if _any_until(session, user, first) else None,
        after=after if after <= _horizon() or _any_since(session, user, after) else None,
        weeks=tuple(
            tuple(Day(d, d.month == first.month, tuple(by_day[d])) for d in week) for week in weeks
        ),
    )


def _meetings_by_day(
    session: Session, user: Asker, first: date, last: date
) -> defaultdict[date, list[Meeting]]:
    (start, _), (_, end) = clock.day_bounds(first), clock.day_bounds(last)
    query = policy.readable_meetings(user).where(Meeting.ends_at > start, Meeting.starts_at < end)
    ordered = query.options(joinedload(Meeting.body)).order_by(Meeting.starts_at, Meeting.id)
    by_day: defaultdict[date, list[Meeting]] = defaultdict(list)
    for meeting in session.scalars(ordered):
        for day in _days(meeting):
            by_day[day].append(meeting)
    return by_day


def _horizon() -> date:
    """Return the last day to which people look ahead although nothing is planned yet."""
    return clock.today() + LOOK_AHEAD


def _any_until(session: Session, user: Asker, day: date) -> bool:
    start, _ = clock.day_bounds(day)
    return _any(session, policy.readable_meetings(user).where(Meeting.starts_at < start))


def _any_since(session: Session, user: Asker, day: date) -> bool:
    start, _ = clock.day_bounds(day)
    return _any(session, policy.readable_meetings(user).where(Meeting.ends_at > start))


def _any(session: Session, meetings: Select[Meeting]) -> bool:
    return session.scalars(meetings.limit(1)).first() is not None


def _days(meeting: Meeting) -> Sequence[date]:
    """Return the days on which a meeting is held; one that ends at midnight is over by then."""
    first = clock.local(meeting.starts_at).date()
    last = clock.local(meeting.ends_at - timedelta(microseconds=1)).date()
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
