"""Changes to the plan of a room and to who sits where."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from meetings.agenda.places.services import meetings_to_come
from meetings.agenda.seating.queries import Place, Plan
from meetings.agenda.services import announce
from meetings.models import Meeting, Room, Seat


def draw_plan(session: Session, room: Room, plan: Plan) -> None:
    """Give a room another plan; whoever sits there may find their seat called otherwise."""
    room.plan = plan.kept
    session.flush()
    for meeting in meetings_to_come(session, room):
        announce(session, meeting)


def seat(session: Session, meeting: Meeting, taken: Mapping[Place, UUID]) -> None:
    """Seat the participants of a meeting, whoever sat there before."""
    session.execute(delete(Seat).where(Seat.meeting_id == meeting.id))
    session.add_all(
        Seat(meeting_id=meeting.id, participant_id=who, row=place.row, column=place.column)
        for place, who in taken.items()
    )
    session.flush()
    announce(session, meeting)


def swap(session: Session, meeting: Meeting, first: Place, second: Place) -> None:
    """Let those on two seats change places; to an empty one somebody moves."""
    if first == second:
        return
    seats = session.scalars(select(Seat).where(Seat.meeting_id == meeting.id)).all()
    taken = {Place(one.row, one.column): one.participant_id for one in seats}
    moved = {first: taken.pop(second, None), second: taken.pop(first, None)}
    seat(session, meeting, taken | {at: who for at, who in moved.items() if who})
