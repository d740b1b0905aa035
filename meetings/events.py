"""Live events: rows written with the change they tell of, read by the open streams."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from meetings import clock
from meetings.models import Event

KEEP = timedelta(days=1)
ACCESS = "access"
"""The kind of event after which a person's open streams ask again whether they may go on."""


def meeting_topic(meeting: UUID) -> str:
    """Return the topic that everyone in a meeting hears."""
    return f"meeting:{meeting}"


def office_topic(meeting: UUID) -> str:
    """Return the topic that only those who prepare a meeting hear."""
    return f"office:{meeting}"


def document_topic(document: UUID) -> str:
    """Return the topic that everyone who has a document open hears."""
    return f"document:{document}"


def person_topic(person: UUID) -> str:
    """Return the topic on which the server tells itself that a person's rights changed."""
    return f"person:{person}"


def publish(session: Session, topic: str, kind: str, **data: Any) -> None:
    """Tell a topic that something happened, once this transaction commits."""
    session.add(Event(at=clock.now(), topic=topic, kind=kind, data=data))


def last_seq(session: Session) -> int:
    """Return the number of the newest event."""
    return session.scalar(select(func.max(Event.seq))) or 0


def after(session: Session, seq: int, *, topic: str | None = None) -> Sequence[Event]:
    """Return the events after a number, of one topic or of all, oldest first."""
    query = select(Event).where(Event.seq > seq).order_by(Event.seq).limit(500)
    if topic is not None:
        query = query.where(Event.topic == topic)
    return session.scalars(query).all()


def forget_old(session: Session) -> None:
    """Drop events that no stream will ask for again; the newest stays to keep the numbering."""
    newest = select(func.max(Event.seq)).scalar_subquery()
    session.execute(delete(Event).where(Event.at < clock.now() - KEEP, Event.seq < newest))
