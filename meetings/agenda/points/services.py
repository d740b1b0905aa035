"""Changes to the bridge points of a meeting."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, or_
from sqlalchemy.orm import Session

from meetings.agenda.places.services import hold_beside, let_go
from meetings.agenda.services import announce
from meetings.models import BridgePoint, Meeting, PointParticipant, Room, Seat
from meetings.policy import Asker


def add_point(
    session: Session,
    meeting: Meeting,
    *,
    room: Room | None,
    people: Collection[UUID],
    clearing: timedelta,
    by: Asker,
    **facts: Any,
) -> BridgePoint:
    """Set a bridge point up; raise where its room is taken."""
    if room:
        hold_beside(session, meeting, room, clearing=clearing, by=by)
    point = BridgePoint(meeting_id=meeting.id, room_id=room.id if room else None, **facts)
    session.add(point)
    session.flush()
    _seat(session, point, people)
    announce(session, meeting)
    return point


def change_point(
    session: Session,
    point: BridgePoint,
    *,
    room: Room | None,
    people: Collection[UUID],
    clearing: timedelta,
    by: Asker,
    **facts: Any,
) -> None:
    """Change a bridge point, its room and who takes part from it."""
    if point.room_id != (room.id if room else None):
        let_go(session, point.meeting, point.room_id)
        if room:
            hold_beside(session, point.meeting, room, clearing=clearing, by=by)
    for name, value in facts.items():
        setattr(point, name, value)
    point.room_id = room.id if room else None
    _seat(session, point, people)
    announce(session, point.meeting)


def drop_point(session: Session, point: BridgePoint) -> None:
    """Give a bridge point up; who took part from it comes to the main room."""
    meeting = point.meeting
    let_go(session, meeting, point.room_id)
    session.delete(point)
    session.flush()
    announce(session, meeting)


def _seat(session: Session, point: BridgePoint, people: Collection[UUID]) -> None:
    here = PointParticipant.point_id == point.id
    session.execute(
        delete(PointParticipant).where(or_(here, PointParticipant.participant_id.in_(people)))
    )
    session.execute(delete(Seat).where(Seat.participant_id.in_(people)))
    session.add_all(PointParticipant(participant_id=one, point_id=point.id) for one in people)
    session.flush()
