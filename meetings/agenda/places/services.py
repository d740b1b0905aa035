"""Changes to rooms and to who holds them."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from meetings import clock
from meetings.agenda.places.queries import Hours, Wish, clashing, hours_taken
from meetings.agenda.services import announce, change_meeting
from meetings.models import Body, BridgePoint, Meeting, Room, RoomBooking, Seat
from meetings.policy import Asker


class RoomTakenError(Exception):
    """A room is held by another meeting in these hours."""


def add_room(session: Session, body: Body, **facts: Any) -> Room:
    """Enter a room that a body looks after."""
    room = Room(body_id=body.id, **facts)
    session.add(room)
    session.flush()
    return room


def change_room(session: Session, room: Room, **facts: Any) -> None:
    """Change what is recorded of a room, or close it; who holds it goes on holding it.

    Meetings to come that name the room as their place name it as it is called now.
    """
    former = room.label
    for name, value in facts.items():
        setattr(room, name, value)
    session.flush()
    for meeting in meetings_to_come(session, room):
        if meeting.place == former != room.label:
            change_meeting(session, meeting, place=room.label)
        else:
            announce(session, meeting)


def meetings_to_come(session: Session, room: Room) -> Sequence[Meeting]:
    """Return the meetings that hold a room and are not over."""
    held = select(RoomBooking.meeting_id).where(RoomBooking.room_id == room.id)
    query = select(Meeting).where(Meeting.id.in_(held), Meeting.ends_at > clock.now())
    return session.scalars(query).all()


def who_holds(session: Session, room: Room, wish: Wish, *, by: Asker) -> list[Hours]:
    """Return who holds a room in some hours; nobody else takes it until this change is kept."""
    session.refresh(room, with_for_update=True)
    taken = hours_taken(session, wish.first, wish.last, by=by, rooms=[room.id])
    return clashing(taken, wish)


def book(
    session: Session, meeting: Meeting, room: Room | None, *, clearing: timedelta, by: Asker
) -> None:
    """Hold a room for the hours of a meeting, in the place of another; raise where it is taken."""
    wish = Wish(meeting.starts_at, meeting.ends_at, clearing, meeting.id)
    if room and who_holds(session, room, wish, by=by):
        raise RoomTakenError
    held = select(RoomBooking).where(RoomBooking.meeting_id == meeting.id, RoomBooking.main)
    booking = session.scalar(held)
    if booking and room and booking.room_id == room.id:
        return
    if booking:
        session.execute(delete(Seat).where(Seat.meeting_id == meeting.id))
        session.delete(booking)
        session.flush()
    if room:
        session.add(RoomBooking(meeting_id=meeting.id, room_id=room.id))
        session.flush()


def hold_beside(
    session: Session, meeting: Meeting, room: Room, *, clearing: timedelta, by: Asker
) -> None:
    """Hold a room for a bridge point of a meeting; raise where it is taken."""
    wish = Wish(meeting.starts_at, meeting.ends_at, clearing, meeting.id)
    if who_holds(session, room, wish, by=by):
        raise RoomTakenError
    session.add(RoomBooking(meeting_id=meeting.id, room_id=room.id, main=False))
    session.flush()


def let_go(session: Session, meeting: Meeting, room: UUID | None) -> None:
    """Give back a room that a meeting held for a bridge point."""
    held = (RoomBooking.meeting_id == meeting.id, RoomBooking.room_id == room)
    session.execute(delete(RoomBooking).where(*held, ~RoomBooking.main))


def free(session: Session, meeting: Meeting) -> None:
    """Give back the rooms that a meeting holds, and no longer name them as its place."""
    held = RoomBooking.meeting_id == meeting.id
    bookings = session.scalars(select(RoomBooking).where(held)).all()
    named = meeting.place in {booking.room.label for booking in bookings}
    session.execute(delete(RoomBooking).where(held))
    session.execute(delete(Seat).where(Seat.meeting_id == meeting.id))
    points = update(BridgePoint).where(BridgePoint.meeting_id == meeting.id)
    session.execute(points.values(room_id=None))
    change_meeting(session, meeting, place="" if named else meeting.place)
