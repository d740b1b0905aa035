"""What happens at a meeting, told to every open page in the same moment."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from meetings import clock, jobs
from meetings.agenda.services import announce
from meetings.models import AgendaItem, Meeting, MeetingState, Participant

BEFORE_ITS_END = (MeetingState.RELEASED, MeetingState.CLOSED)


class MovedMeanwhileError(Exception):
    """Somebody else moved the meeting on while this person looked at an earlier state."""


def open_meeting(session: Session, meeting: Meeting) -> None:
    """Open a released meeting, or go on with one that was closed; raise where it is neither."""
    if meeting.state not in BEFORE_ITS_END:
        raise MovedMeanwhileError
    meeting.state, meeting.closed_at = MeetingState.IN_SESSION, None
    meeting.opened_at = meeting.opened_at or clock.now()
    _sign_the_ledger(session)
    announce(session, meeting)


def go_to(session: Session, item: AgendaItem, *, seen: UUID | None) -> None:
    """Come to an item, from the one that the person asking took for the current one."""
    meeting = item.meeting
    current = current_item(session, meeting)
    if meeting.state is not MeetingState.IN_SESSION or _id(current) != seen:
        raise MovedMeanwhileError
    _end(current)
    if item.begun_at is None:
        item.begun_at = clock.now()
    item.ended_at = None
    title = item.title if _everybody_sees(session, item) else ""
    announce(session, meeting, "item", item=str(item.id), title=title)


def close_meeting(session: Session, meeting: Meeting, *, seen: UUID | None) -> None:
    """Close a meeting in session, and with it the item it had come to."""
    current = current_item(session, meeting)
    if meeting.state is not MeetingState.IN_SESSION or _id(current) != seen:
        raise MovedMeanwhileError
    _end(current)
    meeting.state, meeting.closed_at = MeetingState.CLOSED, clock.now()
    _sign_the_ledger(session)
    announce(session, meeting)


def current_item(session: Session, meeting: Meeting) -> AgendaItem | None:
    """Return the item to which a meeting has come."""
    return session.scalars(
        select(AgendaItem).where(
            AgendaItem.meeting_id == meeting.id,
            AgendaItem.begun_at.is_not(None),
            AgendaItem.ended_at.is_(None),
        )
    ).one_or_none()


def _everybody_sees(session: Session, item: AgendaItem) -> bool:
    """Tell whether the title of an item may be told to all who have the meeting open."""
    here = AgendaItem.meeting_id == item.meeting_id
    closed = session.scalar(select(AgendaItem.id).where(here, AgendaItem.closed).limit(1))
    partly = select(Participant.id).where(
        Participant.meeting_id == item.meeting_id, ~Participant.whole
    )
    return closed is None and session.scalar(partly.limit(1)) is None


def _end(item: AgendaItem | None) -> None:
    if item is not None:
        item.ended_at = clock.now()


def _id(item: AgendaItem | None) -> UUID | None:
    return item.id if item else None


def _sign_the_ledger(session: Session) -> None:
    jobs.enqueue(session, "audit.head", {}, key="audit.head")
