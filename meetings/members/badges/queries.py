"""Whom of a body a Party badge is due on a day of award, and who may have it early."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import Session

from meetings.members.life.party_age import (
    LEVELS,
    OLD_YEARS_EARLY,
    Reached,
    award_before,
    early,
    reached,
    years_later,
)
from meetings.models import Body, Member
from meetings.policy import Asker, members_listed

Badges = Callable[[date], Iterable[Reached]]
LEAP = timedelta(days=2)
"""What a window of days is widened by, so that no leap day falls out of it."""


@dataclass(frozen=True)
class Counted:
    """Of a member, what a badge depends on and what its list shows."""

    id: UUID
    full_name: str
    sort_name: str
    body: str
    admitted_on: date | None
    since: date
    """The day from which the years are counted."""
    badges: Sequence[str]


@dataclass(frozen=True)
class Due:
    """A member and the badge."""

    member: Counted
    badge: Reached


def due_on(
    session: Session, body: Body, days: Sequence[date], *, by: Asker
) -> Mapping[date, Sequence[Due]]:
    """Return whom a badge is due on days of award: the years are full since the award before."""
    before = award_before(days[0])
    members = _members(session, body, (before, days[-1]), by=by)
    found = _dues(members, lambda since: reached(since, before, days[-1]))
    due: dict[date, list[Due]] = {day: [] for day in days}
    for one in found:
        due[days[bisect_left(days, one.badge.on)]].append(one)
    return due


def early_on(session: Session, body: Body, day: date, *, by: Asker) -> Sequence[Due]:
    """Return who may have a badge early on a day of award, if they are gravely ill."""
    until = years_later(day, OLD_YEARS_EARLY)
    members = _members(session, body, (day, until), by=by)
    return _dues(members, lambda since: early(since, day))


def _members(
    session: Session, body: Body, window: tuple[date, date], *, by: Asker
) -> Sequence[Counted]:
    """Return the members whose years are counted so that a badge may be due."""
    asked = members_listed(by, body.id).where(
        Member.present, or_(*(_counted(level, *window) for level in LEVELS))
    )
    columns = asked.join(Member.body).with_only_columns(
        Member.id,
        Member.full_name,
        Member.sort_name,
        Body.name,
        Member.admitted_on,
        Member.counted_from,
        Member.badges,
    )
    rows: Sequence[Any] = session.execute(columns).all()
    return [Counted(*row) for row in rows]


def _counted(level: int, after: date, until: date) -> ColumnElement[bool]:
    first, last = years_later(after, -level) - LEAP, years_later(until, -level) + LEAP
    return Member.counted_from.between(first, last)


def _dues(members: Iterable[Counted], badges: Badges) -> list[Due]:
    """Return the badges of members that are not recorded as given, the highest first."""
    found = [
        Due(member, badge)
        for member in members
        for badge in badges(member.since)
        if str(badge.level) not in member.badges
    ]
    return sorted(found, key=lambda due: (-due.badge.level, due.member.sort_name, due.badge.on))
