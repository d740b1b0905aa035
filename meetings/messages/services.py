"""People are told that something waits for them; where they are reached is kept."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from meetings import audit, clock, jobs
from meetings.carriers import quiet, ways
from meetings.messages.queries import contact_of, contacts_of, waiting
from meetings.models import Contact, Meeting, Message, MessageKind, Person
from meetings.settings import Settings

SEND, KEEP = "messages.send", "contact:keep"


@dataclass(frozen=True)
class Told:
    """How many people are told outside the system, and how many cannot be reached there."""

    reached: int
    unreached: int


def tell(
    session: Session,
    settings: Settings,
    people: Collection[UUID],
    kind: MessageKind,
    *,
    meeting: Meeting | None = None,
) -> Told | None:
    """Send people word in every way they wish; None where this installation sends none at all."""
    open_ways = ways(settings)
    if not open_ways:
        return None
    known, reached = contacts_of(session, people), 0
    begins, about = (meeting.starts_at, meeting.id) if meeting else (None, None)
    due = quiet.due(settings.quiet_hours, clock.now(), needed=begins)
    for person in people:
        contact = known.get(person)
        wished = [way for way in open_ways if contact and contact.address(way)]
        reached += bool(wished)
        if not waiting(session, person, kind, about):
            for way in wished:
                message = Message(person_id=person, kind=kind, way=way, meeting_id=about)
                session.add(message)
                session.flush()
                order(session, message, due)
    return Told(reached, len(people) - reached)


def order(session: Session, message: Message, due: datetime) -> None:
    """Have a message sent, not before a moment."""
    key = f"message:{message.id}:{message.tries}"
    jobs.enqueue(session, SEND, {"message": str(message.id)}, key=key, not_before=due)


def keep(session: Session, person: Person, *, by: UUID | None = None, **facts: object) -> Contact:
    """Keep where a person is reached, and what they wish; the ledger tells who said so."""
    contact = contact_of(session, person.id) or Contact(person_id=person.id)
    for name, value in facts.items():
        setattr(contact, name, value)
    session.add(contact)
    session.flush()
    deed = audit.Deed(action=KEEP, actor_id=by, subject_type="Person", subject_id=str(person.id))
    audit.record(session, deed)
    return contact
