"""Probations that end, members sent away and received nowhere, records that nobody supplemented."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, exists, func, select
from sqlalchemy.orm import Session, aliased, joinedload

from meetings import clock
from meetings.members.life.kinds import IN_THE_PARTY
from meetings.members.life.party_age import years_later
from meetings.members.register.queries import below
from meetings.models import Body, EventKind, Member, MemberEvent, Standing
from meetings.paging import ROWS, Leaf, place
from meetings.policy import Asker, readable_members

E, LATER = MemberEvent, aliased(MemberEvent, name="later_version")
SOON = timedelta(days=60)
"""How long before its end a probation is told."""
PROBATION_YEARS = 1
RECORDED = (EventKind.REGISTERED, EventKind.SUPPLEMENTED)


class Matter(StrEnum):
    """What waits for somebody."""

    PROBATION = "probation"
    SENT = "sent"
    SUPPLEMENT = "supplement"


@dataclass(frozen=True)
class Waiting:
    """A member, and the day from which the matter waits, or at which it ends."""

    member: Member
    day: date | None
    overdue: bool


def counts(session: Session, body: Body, *, by: Asker) -> Mapping[Matter, int]:
    """Return how many members each matter is about."""
    asked = {matter: _about(matter, body, by=by) for matter in Matter}
    return {
        matter: session.scalar(select(func.count()).select_from(found.subquery())) or 0
        for matter, found in asked.items()
    }


def waiting(
    session: Session, body: Body, matter: Matter, page: int, *, by: Asker, size: int = ROWS
) -> Leaf[Waiting]:
    """Return a page of the members that a matter is about, those who waited longest first."""
    found = _about(matter, body, by=by)
    total = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    page, pages = place(total, page, size)
    day = DAYS[matter]
    listed = found.add_columns(day).options(joinedload(Member.body))
    rows = session.execute(
        listed.order_by(day, Member.sort_name, Member.id).offset((page - 1) * size).limit(size)
    )
    return Leaf([_waiting(matter, member, day) for member, day in rows], page, pages, total)


def _waiting(matter: Matter, member: Member, day: date | None) -> Waiting:
    if matter is Matter.PROBATION and day is not None:
        day = years_later(day, PROBATION_YEARS)
    return Waiting(member, day, overdue=day is not None and day < clock.today())


def _about(matter: Matter, body: Body, *, by: Asker) -> Select[Member]:
    mine = readable_members(by).where(Member.body_id.in_(below(body, by=by)))
    return mine.where(*MATTERS[matter](clock.today()))


def _latest(*kinds: EventKind) -> ScalarSelect[Any]:
    """Select the last day on which something of some kinds happened to a member."""
    happened = select(func.max(E.happened_on)).where(E.member_id == Member.id, E.kind.in_(kinds))
    return happened.where(_stands()).correlate(Member).scalar_subquery()


def _stands() -> ColumnElement[bool]:
    """Tell whether a version of an event is its latest one."""
    first = func.coalesce(E.corrects_id, E.id)
    return ~exists().where(LATER.corrects_id == first, LATER.number > E.number)


ADMITTED, SENT = _latest(EventKind.ADMITTED), _latest(EventKind.TRANSFERRED_OUT)
DAYS: Mapping[Matter, ScalarSelect[Any]] = {
    Matter.PROBATION: ADMITTED,
    Matter.SENT: SENT,
    Matter.SUPPLEMENT: _latest(*RECORDED),
}
"""The day that a matter counts from."""


def _probation(today: date) -> list[ColumnElement[bool]]:
    return [
        Member.present.is_(True),
        Member.standing == Standing.PROBATIONARY,
        years_later(today + SOON, -PROBATION_YEARS) >= ADMITTED,
    ]


def _sent(_today: date) -> list[ColumnElement[bool]]:
    received = func.coalesce(_latest(EventKind.RECEIVED_THERE), date.min)
    return [~Member.present, Member.standing.in_(IN_THE_PARTY), received < SENT]


def _supplement(today: date) -> list[ColumnElement[bool]]:
    since = years_later(today, -1)
    recorded = select(E.member_id).where(E.happened_on > since, E.kind.in_(RECORDED), _stands())
    return [Member.present.is_(True), Member.id.not_in(recorded)]


MATTERS: Mapping[Matter, Callable[[date], list[ColumnElement[bool]]]] = {
    Matter.PROBATION: _probation,
    Matter.SENT: _sent,
    Matter.SUPPLEMENT: _supplement,
}
