"""Who changed since a day, with what happened to them; all others are as their row says.

A province has a hundred thousand members, of whom a quarter moves a few thousand: only these are
replayed.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from meetings.members.life.movements import CHANGING
from meetings.members.life.replay import Happening
from meetings.members.register.queries import below
from meetings.models import Body, EventKind, Member, MemberEvent
from meetings.policy import Asker, accounted_members, readable_members

E = MemberEvent
COLUMNS = (E.member_id, E.id, E.number, E.kind, E.happened_on, E.body_id, E.facts, E.corrects_id)


def bodies_of(session: Session, body: Body, *, by: Asker) -> frozenset[UUID]:
    """Return a body and those below it."""
    return frozenset(session.scalars(below(body, by=by)))


def lives_since(
    session: Session,
    body: Body,
    day: date,
    *,
    by: Asker,
    since: frozenset[EventKind] = CHANGING,
    kinds: frozenset[EventKind] = CHANGING,
) -> Iterator[tuple[UUID, list[Happening]]]:
    """Yield those of a body, now or once, to whom something happened after a day.

    `since` are the kinds of what happened, `kinds` those that are told of their lives.
    """
    concerned = accounted_members(by).where(
        Member.id.in_(_touched(day, since)),
        Member.id.in_(select(E.member_id).where(E.body_id.in_(below(body, by=by)))),
    )
    told = select(*COLUMNS).where(
        E.member_id.in_(concerned.with_only_columns(Member.id)), E.kind.in_(kinds)
    )
    rows = session.execute(told.order_by(E.member_id, E.number))
    for member, events in groupby(rows, key=itemgetter(0)):
        yield member, _happenings(events)


def steady(
    body: Body, day: date, *, by: Asker, kinds: frozenset[EventKind] = CHANGING
) -> Select[Member]:
    """Select the members in force of a body to whom nothing of some kinds happened after a day."""
    return readable_members(by).where(
        Member.body_id.in_(below(body, by=by)),
        Member.present,
        Member.id.not_in(_touched(day, kinds)),
    )


def names_of(session: Session, members: Iterable[UUID], *, by: Asker) -> Mapping[UUID, Member]:
    """Return members of whom a report tells, by their id."""
    wanted = accounted_members(by).where(Member.id.in_(set(members)))
    return {member.id: member for member in session.scalars(wanted)}


def _touched(day: date, kinds: frozenset[EventKind]) -> Select[UUID]:
    return select(E.member_id).where(E.happened_on > day, E.kind.in_(kinds))


def _happenings(rows: Iterable[Any]) -> list[Happening]:
    numbers: dict[UUID, int] = {}
    told = []
    for _member, identity, number, kind, on, body, facts, corrects in rows:
        numbers[identity] = number
        first = numbers.get(corrects) if corrects else None
        told.append(Happening(number, kind, on, body, facts, first))
    return told
