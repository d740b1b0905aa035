"""Whom of a body a Party badge is due on a day of award, and who may have it early."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, joinedload

from meetings.members.life.party_age import (
    LEVELS,
    OLD_YEARS_EARLY,
    Reached,
    award_before,
    counted_from,
    early,
    reached,
    years_later,
)
from meetings.members.life.replay import Happening, state_on, valid
from meetings.members.records.queries import happenings
from meetings.members.register.queries import below
from meetings.models import Body, EventKind, Member, MemberEvent
from meetings.policy import Asker, readable_members

LEAVING = (EventKind.STRUCK_OFF, EventKind.LEFT, EventKind.EXPELLED)
Badges = Callable[[date], Iterable[Reached]]
MONTH = timedelta(days=31)
"""What a window of days is widened by, so that no month's end falls out of it."""


@dataclass(frozen=True)
class Due:
    """A member, the badge, and the day from which the years are counted."""

    member: Member
    badge: Reached
    since: date


def due_on(session: Session, body: Body, day: date, *, by: Asker) -> list[Due]:
    """Return whom a badge is due on a day of award: the years are full since the award before."""
    before = award_before(day)
    return _found(session, body, (before, day), lambda since: reached(since, before, day), by=by)


def early_on(session: Session, body: Body, day: date, *, by: Asker) -> list[Due]:
    """Return who may have a badge early on a day of award, if they are gravely ill."""
    until = years_later(day, OLD_YEARS_EARLY)
    return _found(session, body, (day, until), lambda since: early(since, day), by=by)


def _found(
    session: Session, body: Body, window: tuple[date, date], badges: Badges, *, by: Asker
) -> list[Due]:
    members = _members(session, body, window, by=by)
    lives = _lives(session, members)
    found = [due for member in members for due in _dues(member, lives[member.id], badges)]
    return sorted(found, key=lambda due: (-due.badge.level, due.member.sort_name, due.badge.on))


def _members(
    session: Session, body: Body, window: tuple[date, date], *, by: Asker
) -> Sequence[Member]:
    """Return the members who were admitted so that a badge may be due, or were away once."""
    away = Member.id.in_(select(MemberEvent.member_id).where(MemberEvent.kind.in_(LEAVING)))
    asked = readable_members(by).where(
        Member.body_id.in_(below(body, by=by)),
        Member.present,
        Member.admitted_on.is_not(None),
        or_(away, *(_admitted(level, *window) for level in LEVELS)),
    )
    return session.scalars(asked.options(joinedload(Member.body))).all()


def _admitted(level: int, after: date, until: date) -> ColumnElement[bool]:
    first, last = years_later(after, -level) - MONTH, years_later(until, -level) + MONTH
    return and_(Member.admitted_on >= first, Member.admitted_on <= last)


def _lives(session: Session, members: Sequence[Member]) -> Mapping[UUID, Sequence[Happening]]:
    wanted = select(MemberEvent).where(MemberEvent.member_id.in_([one.id for one in members]))
    events = defaultdict(list)
    for event in session.scalars(wanted.order_by(MemberEvent.member_id, MemberEvent.number)):
        events[event.member_id].append(event)
    return {member.id: happenings(events[member.id]) for member in members}


def _dues(member: Member, life: Sequence[Happening], badges: Badges) -> Iterator[Due]:
    """Yield the badges of a member that are not recorded as given."""
    given = {one.facts.get("badge") for one in valid(life) if one.kind is EventKind.BADGE_AWARDED}
    days_out = state_on(life, date.max).days_out
    if member.admitted_on is not None:
        since = counted_from(member.admitted_on, days_out)
        yield from (
            Due(member, badge, since) for badge in badges(since) if str(badge.level) not in given
        )
