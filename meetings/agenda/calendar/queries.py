"""The meetings of a month laid out in weeks, of a week, and as a list."""

import calendar
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from meetings import clock, policy
from meetings.collation import collation_key
from meetings.models import Body, InvitationAnswer, Meeting, MeetingState, Participant
from meetings.policy import Asker

LOOK_AHEAD = timedelta(days=90)
LIST_LENGTH = timedelta(days=60)


@dataclass(frozen=True)
class Scope:
    """Whose meetings are meant: all that one may see, one's own, those of a body."""

    own: bool = False
    body: UUID | None = None


EVERYTHING = Scope()


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


@dataclass(frozen=True)
class Span:
    """Some days in a row, and where the spans beside it begin, if there is anything."""

    first: date
    last: date
    before: date | None
    after: date | None
    days: tuple[Day, ...]

    @property
    def meetings(self) -> list[Meeting]:
        """Return the meetings of these days, earliest first, each once."""
        return list(dict.fromkeys(meeting for day in self.days for meeting in day.meetings))


def week_of(session: Session, user: Asker, day: date, scope: Scope = EVERYTHING) -> Span:
    """Return the week of a day, Monday to Sunday, with the meetings that a person may see."""
    monday = day - timedelta(days=day.weekday())
    return _span(session, user, monday, timedelta(days=7), scope)


def list_of(session: Session, user: Asker, day: date, scope: Scope = EVERYTHING) -> Span:
    """Return the days after a day on which there is a meeting that a person may see."""
    return _span(session, user, day, LIST_LENGTH, scope)


def _span(session: Session, user: Asker, first: date, length: timedelta, scope: Scope) -> Span:
    last = first + length - timedelta(days=1)
    by_day = _meetings_by_day(session, user, first, last, scope)
    days = (first + timedelta(days=n) for n in range(length.days))
    shown = tuple(Day(day, inside=True, meetings=tuple(by_day[day])) for day in days)
    after = first + length
    return Span(
        first,
        last,
        before=first - length if _any_until(session, user, first) else None,
        after=after if after <= _horizon() or _any_since(session, user, after) else None,
        days=shown,
    )


def bodies_of(session: Session, user: Asker) -> Sequence[Body]:
    """Return the bodies whose meetings a person sees any of."""
    meeting = policy.readable_meetings(user).subquery()
    bodies = policy.readable_bodies(user).where(Body.id.in_(select(meeting.c.body_id)))
    found = session.scalars(bodies).all()
    return sorted(found, key=lambda body: (body.position, collation_key(body.name)))


def own_meetings(user: Asker) -> Select[Meeting]:
    """Select the meetings to which a person is invited, of those that they may see."""
    invited = select(Participant.meeting_id).where(Participant.person_id == user.person_id)
    return policy.readable_meetings(user).where(Meeting.id.in_(invited))


def meetings_to_subscribe(session: Session, user: Asker) -> Sequence[tuple[Meeting, bool | None]]:
    """Return a person's own meetings of the last month and after, each with their answer."""
    since, _ = clock.day_bounds(clock.today() - timedelta(days=31))
    query = own_meetings(user).where(Meeting.ends_at > since, Meeting.state != MeetingState.PLANNED)
    ordered = query.options(joinedload(Meeting.body)).order_by(Meeting.starts_at, Meeting.id)
    rows: Any = session.execute(
        select(Participant.meeting_id, InvitationAnswer.coming)
        .join(InvitationAnswer, InvitationAnswer.participant_id == Participant.id)
        .where(Participant.person_id == user.person_id)
    )
    answers = dict(rows.all())
    return [(meeting, answers.get(meeting.id)) for meeting in session.scalars(ordered).all()]


def _scoped(user: Asker, scope: Scope) -> Select[Meeting]:
    query = own_meetings(user) if scope.own else policy.readable_meetings(user)
    return query.where(Meeting.body_id == scope.body) if scope.body else query


def month_of(session: Session, user: Asker, day: date, scope: Scope = EVERYTHING) -> Month:
    """Return the month of a day with the meetings that a person may see."""
    first = day.replace(day=1)
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    by_day = _meetings_by_day(session, user, weeks[0][0], weeks[-1][-1], scope)
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
    session: Session, user: Asker, first: date, last: date, scope: Scope
) -> defaultdict[date, list[Meeting]]:
    (start, _), (_, end) = clock.day_bounds(first), clock.day_bounds(last)
    query = _scoped(user, scope).where(Meeting.ends_at > start, Meeting.starts_at < end)
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
