"""Where people are reached, and what was sent to them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from meetings.models import Contact, Meeting, Message, MessageKind, MessageState


def contact_of(session: Session, person: UUID) -> Contact | None:
    """Return where a person is reached."""
    return session.get(Contact, person)


def contacts_of(session: Session, people: Collection[UUID]) -> Mapping[UUID, Contact]:
    """Return where some people are reached, by person."""
    found = session.scalars(select(Contact).where(Contact.person_id.in_(people)))
    return {contact.person_id: contact for contact in found}


def messages_about(session: Session, meeting: Meeting) -> Mapping[UUID, Sequence[Message]]:
    """Return what was sent about a meeting, by person, the latest first."""
    query = select(Message).where(Message.meeting_id == meeting.id)
    found: dict[UUID, list[Message]] = defaultdict(list)
    for message in session.scalars(query.order_by(Message.created_at.desc())):
        found[message.person_id].append(message)
    return found


def waiting(session: Session, person: UUID, kind: MessageKind, meeting: UUID | None) -> bool:
    """Tell whether the same is on its way to a person already."""
    query = select(Message.id).where(
        Message.person_id == person,
        Message.kind == kind,
        Message.meeting_id.is_not_distinct_from(meeting),
        Message.state == MessageState.WAITING,
    )
    return session.scalar(query.limit(1)) is not None


def last_sent(session: Session, person: UUID, kind: MessageKind) -> datetime | None:
    """Return when a person was sent something of a kind last."""
    query = select(func.max(Message.created_at))
    found = query.where(Message.person_id == person, Message.kind == kind)
    return session.scalar(found)


def failed_since(session: Session, moment: datetime) -> int:
    """Return how many messages were given up since a moment."""
    query = select(func.count(Message.id)).where(
        Message.state == MessageState.FAILED, Message.created_at > moment
    )
    return session.scalar(query) or 0
