"""Where a body closes, its members move by events that no life needs to be lived again for.

Whoever is there may move (life/kinds.py), and nothing is recorded past the day: so only the body
of their rows changes. The tests hold that against the replay.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, insert, or_, select, update
from sqlalchemy.orm import Session, aliased

from meetings import clock
from meetings.models import EventKind, Member, MemberEvent, Standing, new_id
from meetings.models.prepared import settled
from meetings.policy import Asker

_EVENTS = insert(MemberEvent)
LATER = aliased(MemberEvent)
UNSEEN = {"synchronize_session": False}
"""Rows that a session holds are read anew by whoever needs them."""


def goes_along() -> ColumnElement[bool]:
    """Tell of a member whether they belong to a body now, in the Party or soon."""
    return or_(Member.present, Member.standing == Standing.APPLICANT)


def counted(session: Session, bodies: Sequence[UUID]) -> Mapping[UUID, int]:
    """Return how many would go along from each of some bodies."""
    there = select(Member.body_id, func.count()).where(Member.body_id.in_(bodies), goes_along())
    return dict(session.execute(there.group_by(Member.body_id)).all())


def move(
    session: Session,
    moves: Mapping[UUID, UUID],
    *,
    on: date,
    decision: str,
    at: datetime,
    by: Asker,
) -> Mapping[UUID, Sequence[UUID]]:
    """Move everybody of some bodies into others, on a day past which nothing is recorded.

    Return who moved, by the body before.
    """
    there = select(Member.id, Member.body_id, func.max(MemberEvent.number)).join(
        MemberEvent, MemberEvent.member_id == Member.id
    )
    there = there.where(Member.body_id.in_(moves), goes_along()).group_by(Member.id, Member.body_id)
    told = {"happened_on": on, "decision": decision, "created_at": at, "recorded_by": by.id}
    rows, went = [], defaultdict(list)
    for member, body, number in session.execute(there):
        rows.append(_event(member, number, moves[body]) | told)
        went[body].append(member)
    _record(session, rows)
    for body, to in moves.items():
        leaving = update(Member).where(Member.body_id == body, goes_along())
        session.execute(leaving.values(body_id=to), execution_options=UNSEEN)
    return went


def move_back(
    session: Session,
    went: Mapping[UUID, Sequence[UUID]],
    *,
    on: date,
    decision: str,
    moved_at: datetime,
    by: Asker,
) -> int:
    """Move those back of whom nothing was recorded since; return how many that were."""
    told = {
        "happened_on": on,
        "decision": decision,
        "created_at": clock.now(),
        "recorded_by": by.id,
    }
    count = 0
    for body, members in went.items():
        back = _untouched(session, members, moved_at)
        _record(session, [_event(member, number, body) | told for member, number in back])
        home = update(Member).where(Member.id.in_([member for member, _ in back]))
        session.execute(home.values(body_id=body), execution_options=UNSEEN)
        count += len(back)
    return count


def _untouched(
    session: Session, members: Sequence[UUID], moved_at: datetime
) -> Sequence[tuple[UUID, int]]:
    """Return those whose last event is their move, with its number."""
    since = exists().where(
        LATER.member_id == MemberEvent.member_id, LATER.number > MemberEvent.number
    )
    moved = select(MemberEvent.member_id, MemberEvent.number).where(
        MemberEvent.member_id.in_(members), MemberEvent.created_at == moved_at, ~since
    )
    return [(member, number) for member, number in session.execute(moved)]


def _record(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        settled(session).execute(_EVENTS, rows)


def _event(member: UUID, number: int, to: UUID) -> dict[str, Any]:
    return {
        "id": new_id(),
        "member_id": member,
        "number": number + 1,
        "kind": EventKind.MOVED,
        "body_id": to,
        "facts": {},
    }
