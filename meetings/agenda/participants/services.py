"""Several persons are let in at once, a part is changed, somebody is taken off and back again."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from meetings import clock
from meetings.agenda.access.services import items_of_part, wish_invitation
from meetings.agenda.queries import items_of, participants_of
from meetings.agenda.services import uninvite
from meetings.models import (
    InvitationAnswer,
    Meeting,
    Participant,
    ParticipantRole,
    Person,
    RemovedParticipant,
)
from meetings.policy import Asker

FACTS = ("coming", "reason", "substitute_agreed")


@dataclass
class Outcome:
    """What became of some persons who were chosen to take part."""

    added: list[Person] = field(default_factory=list)
    known: list[Participant] = field(default_factory=list)
    waiting: list[Person] = field(default_factory=list)


def admit(
    session: Session,
    meeting: Meeting,
    people: Iterable[Person],
    role: ParticipantRole,
    *,
    by: Asker,
    items: Collection[UUID] | None = None,
) -> Outcome:
    """Let several persons take part; those who do already keep the part that they have."""
    known = {part.person_id: part for part in participants_of(session, meeting)}
    outcome = Outcome()
    for person in people:
        if person.id in known:
            outcome.known.append(known[person.id])
        elif wish_invitation(session, meeting, person, role, by=by, items=items):
            outcome.waiting.append(person)
        else:
            outcome.added.append(person)
            _forget(session, meeting, person)
    return outcome


def change_part(
    session: Session,
    part: Participant,
    role: ParticipantRole,
    *,
    by: Asker,
    items: Collection[UUID] | None,
) -> bool:
    """Give somebody another role or other items; tell whether that waits for a second person."""
    meeting = session.get_one(Meeting, part.meeting_id)
    return wish_invitation(session, meeting, part.person, role, by=by, items=items)


def take_off(session: Session, meeting: Meeting, part: Participant) -> RemovedParticipant:
    """Let somebody take part no longer, and keep what brings them back as they were."""
    person = part.person
    items = items_of_part(session, part)
    given = session.scalar(
        select(InvitationAnswer).where(InvitationAnswer.participant_id == part.id)
    )
    _forget(session, meeting, person)
    removed = RemovedParticipant(
        meeting_id=meeting.id,
        person_id=person.id,
        role=part.role,
        items=None if items is None else sorted(map(str, items)),
        answer=_told(given) if given else None,
    )
    session.add(removed)
    uninvite(session, meeting, person)
    session.flush()
    return removed


def bring_back(
    session: Session, meeting: Meeting, removed: RemovedParticipant, *, by: Asker
) -> Outcome:
    """Undo that somebody was taken off, with their role, their items and what they answered."""
    here = {item.id for item in items_of(session, meeting)}
    items = None if removed.items is None else here & set(map(UUID, removed.items))
    answer, person = removed.answer, removed.person
    outcome = admit(session, meeting, [person], removed.role, by=by, items=items)
    if outcome.added and answer:
        part = session.scalars(
            select(Participant).where(
                Participant.meeting_id == meeting.id, Participant.person_id == person.id
            )
        ).one()
        session.add(_answer(part, answer))
        session.flush()
    return outcome


def _forget(session: Session, meeting: Meeting, person: Person) -> None:
    session.execute(
        delete(RemovedParticipant).where(
            RemovedParticipant.meeting_id == meeting.id,
            RemovedParticipant.person_id == person.id,
        )
    )


def _told(given: InvitationAnswer) -> dict[str, object]:
    """Return an answer as JSON."""
    substitute = given.substitute_id and str(given.substitute_id)
    moments = {"substitute_id": substitute, "answered_at": given.answered_at.isoformat()}
    return {name: getattr(given, name) for name in FACTS} | moments


def _answer(part: Participant, told: dict[str, object]) -> InvitationAnswer:
    substitute = told["substitute_id"]
    return InvitationAnswer(
        participant_id=part.id,
        substitute_id=UUID(str(substitute)) if substitute else None,
        answered_at=datetime.fromisoformat(str(told["answered_at"])).astimezone(clock.VIETNAM),
        **{name: told[name] for name in FACTS},
    )
