"""What a body and those right below it confirmed of a quarter, and what was recorded since."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from meetings.collation import collation_key
from meetings.members.life.movements import COMES, GOES
from meetings.members.register.queries import REGISTERED, below
from meetings.models import Body, Member, MemberEvent, MemberStatement
from meetings.policy import Asker, accounted_members, listed_bodies

E = MemberEvent
MOVING = frozenset({*COMES, *GOES})
SHOWN = 50
"""What was recorded since, as far as a page names it."""


@dataclass(frozen=True)
class Since:
    """Something that was recorded after a quarter was confirmed, and concerns it."""

    event: MemberEvent
    member: Member


@dataclass(frozen=True)
class Below:
    """A body below, what it confirmed, and how much was recorded since."""

    body: Body
    statement: MemberStatement | None
    since: int


def statement_of(session: Session, body: Body, begins_on: date) -> MemberStatement | None:
    """Return what a body confirmed of a quarter last."""
    return _statements(session, [body.id], begins_on).get(body.id)


def recorded_since(
    session: Session, statement: MemberStatement, body: Body, until: date, *, by: Asker
) -> list[Since]:
    """Return what was recorded after a quarter was confirmed and changes it, the latest first."""
    found = _since(statement, body, until, by=by)
    events = session.scalars(
        found.order_by(E.created_at.desc()).limit(SHOWN).options(joinedload(E.recorder))
    ).all()
    wanted = accounted_members(by).where(Member.id.in_([one.member_id for one in events]))
    members = {member.id: member for member in session.scalars(wanted)}
    return [Since(event, members[event.member_id]) for event in events]


def bodies_below(
    session: Session, body: Body, begins_on: date, until: date, *, by: Asker
) -> list[Below]:
    """Return the bodies right below one that have members, with what they confirmed."""
    mine = listed_bodies(by).where(Body.parent_id == body.id, Body.kind.in_(REGISTERED))
    opened = or_(Body.closed_on.is_(None), Body.closed_on >= begins_on)
    found = session.scalars(mine.where(opened)).all()
    confirmed = _statements(session, [one.id for one in found], begins_on)
    ordered = sorted(found, key=lambda one: collation_key(one.name))
    return [_below(session, one, confirmed.get(one.id), until, by=by) for one in ordered]


def _below(
    session: Session, body: Body, statement: MemberStatement | None, until: date, *, by: Asker
) -> Below:
    if statement is None:
        return Below(body, None, 0)
    found = _since(statement, body, until, by=by).subquery()
    return Below(body, statement, session.scalar(select(func.count()).select_from(found)) or 0)


def _statements(
    session: Session, bodies: Sequence[UUID], begins_on: date
) -> Mapping[UUID, MemberStatement]:
    """Return the latest statement of each body about a quarter."""
    kept = select(MemberStatement).where(
        MemberStatement.body_id.in_(bodies), MemberStatement.begins_on == begins_on
    )
    ordered = kept.order_by(MemberStatement.created_at, MemberStatement.id)
    return {one.body_id: one for one in session.scalars(ordered)}


def _since(
    statement: MemberStatement, body: Body, until: date, *, by: Asker
) -> Select[MemberEvent]:
    """Select what was recorded after a statement and happened, or was said to, until a day."""
    placed = select(E.member_id).where(E.body_id.in_(below(body, by=by)))
    concerned = accounted_members(by).where(Member.id.in_(placed)).with_only_columns(Member.id)
    earlier = select(E.id).where(E.happened_on <= until)
    return select(E).where(
        E.member_id.in_(concerned),
        E.kind.in_(MOVING),
        E.created_at > statement.created_at,
        or_(E.happened_on <= until, E.corrects_id.in_(earlier)),
    )
