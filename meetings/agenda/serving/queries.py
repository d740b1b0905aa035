"""What is asked for in the rooms of meetings."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from meetings import paging, policy
from meetings.models import Meeting, Room, RoomBooking, ServiceRequest, ServiceState
from meetings.paging import Leaf
from meetings.policy import Asker

PAGE_SIZE = 30


@dataclass(frozen=True)
class Wanted:
    """Something that is asked for, in which room, and at which meeting if one may know it."""

    request: ServiceRequest
    room: Room | None
    title: str


def services_of(session: Session, meeting: Meeting, *, by: Asker) -> Sequence[ServiceRequest]:
    """Return what a meeting asks for, the most urgent first."""
    query = policy.readable_services(by).where(ServiceRequest.meeting_id == meeting.id)
    ordered = query.options(joinedload(ServiceRequest.person))
    return session.scalars(ordered.order_by(ServiceRequest.due_at, ServiceRequest.id)).all()


def services_to_do(session: Session, *, done: bool, page: int, by: Asker) -> Leaf[Wanted]:
    """Return a page of what is asked for: the most urgent first, or what was done last."""
    state = ServiceRequest.state
    query = policy.readable_services(by).where(
        state == ServiceState.DONE if done else state != ServiceState.DONE
    )
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    page, pages = paging.place(total, page, PAGE_SIZE)
    due = ServiceRequest.due_at.desc() if done else ServiceRequest.due_at
    loaded = (joinedload(ServiceRequest.meeting), joinedload(ServiceRequest.person))
    ordered = query.options(*loaded).order_by(due, ServiceRequest.id)
    rows = session.scalars(ordered.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)).all()
    return Leaf(_wanted(session, rows, by=by), page, pages, total)


def _wanted(session: Session, rows: Sequence[ServiceRequest], *, by: Asker) -> list[Wanted]:
    meetings = {row.meeting_id for row in rows}
    seen = policy.readable_meetings(by).where(Meeting.id.in_(meetings))
    titles = {meeting.id: meeting.title for meeting in session.scalars(seen)}
    held = select(RoomBooking).where(RoomBooking.meeting_id.in_(meetings), RoomBooking.main)
    bookings = session.scalars(held.options(joinedload(RoomBooking.room)))
    rooms = {booking.meeting_id: booking.room for booking in bookings}
    return [Wanted(row, rooms.get(row.meeting_id), titles.get(row.meeting_id, "")) for row in rows]
