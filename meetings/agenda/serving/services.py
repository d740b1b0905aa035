"""Asking for something in the room of a meeting, and doing it."""

from datetime import datetime

from sqlalchemy.orm import Session

from meetings.models import Meeting, ServiceKind, ServiceRequest, ServiceState
from meetings.policy import Asker


def ask_for(
    session: Session,
    meeting: Meeting,
    *,
    kind: ServiceKind,
    quantity: int,
    note: str,
    due_at: datetime,
) -> ServiceRequest:
    """Ask those who serve the room of a meeting for something."""
    request = ServiceRequest(
        meeting_id=meeting.id, kind=kind, quantity=quantity, note=note, due_at=due_at
    )
    session.add(request)
    session.flush()
    return request


def move_on(session: Session, request: ServiceRequest, state: ServiceState, *, by: Asker) -> None:
    """Say how far something is that was asked for; who takes it is named, who gives it back not."""
    request.state = state
    if state is ServiceState.ASKED:
        request.person_id = None
    elif request.person_id is None or state is ServiceState.TAKEN:
        request.person_id = by.person_id
    session.flush()


def drop(session: Session, request: ServiceRequest) -> None:
    """Ask for something no longer."""
    session.delete(request)
    session.flush()
