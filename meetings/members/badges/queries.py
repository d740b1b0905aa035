"""Whom of a body a Party badge is due on a day of award, and who may have it early."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import Session, joinedload

from meetings.members.life.party_age import (
    LEVELS,
    OLD_YEARS_EARLY,
    Reached,
    award_before,
    early,
    reached,
    years_later,
)
from meetings.members.register.queries import below
from meetings.models import Body, Member
from meetings.policy import Asker, readable_members

Badges = Callable[[date], Iterable[Reached]]
LEAP = timedelta(days=2)
"""What a window of days is widened by, so that no leap day falls out of it."""


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
    found = [due for member in members for due in _dues(member, badges)]
    return sorted(found, key=lambda due: (-due.badge.level, due.member.sort_name, due.badge.on))


def _members(
    session: Session, body: Body, window: tuple[date, date], *, by: Asker
) -> Sequence[Member]:
    """Return the members whose years are counted so that a badge may be due."""
    asked = readable_members(by).where(
        Member.body_id.in_(below(body, by=by)),
        Member.present,
        or_(*(_counted(level, *window) for level in LEVELS)),
    )
    return session.scalars(asked.options(joinedload(Member.body))).all()


def _counted(level: int, after: date, until: date) -> ColumnElement[bool]:
    first, last = years_later(after, -level) - LEAP, years_later(until, -level) + LEAP
    return Member.counted_from.between(first, last)


def _dues(member: Member, badges: Badges) -> Iterator[Due]:
    """Yield the badges of a member that are not recorded as given."""
    if (since := member.counted_from) is not None:
        yield from (
            Due(member, badge, since)
            for badge in badges(since)
            if str(badge.level) not in member.badges
        )
