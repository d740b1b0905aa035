"""What the invited answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from meetings import policy
from meetings.collation import name_key
from meetings.models import InvitationAnswer, Meeting, Participant, Person
from meetings.policy import Asker


@dataclass(frozen=True)
class Tally:
    """How many of the invited come, do not come, and have not answered."""

    coming: int
    absent: int
    open: int


def part_of(session: Session, meeting: Meeting, *, by: UUID) -> Participant | None:
    """Return a person's part in a meeting."""
    return session.scalars(
        select(Participant).where(Participant.meeting_id == meeting.id, Participant.person_id == by)
    ).one_or_none()


def answer_of(session: Session, meeting: Meeting, *, by: Asker) -> InvitationAnswer | None:
    """Return what a person answered, if they did."""
    return session.scalars(
        select(InvitationAnswer)
        .join(InvitationAnswer.participant)
        .where(Participant.meeting_id == meeting.id, Participant.person_id == by.person_id)
    ).one_or_none()


def answers_of(session: Session, meeting: Meeting) -> Mapping[UUID, InvitationAnswer]:
    """Return every answer for those who prepare a meeting, by participant."""
    query = (
        select(InvitationAnswer)
        .join(InvitationAnswer.participant)
        .where(Participant.meeting_id == meeting.id)
        .options(joinedload(InvitationAnswer.substitute))
    )
    return {answer.participant_id: answer for answer in session.scalars(query)}


def tally(participants: Sequence[Participant], answers: Mapping[UUID, InvitationAnswer]) -> Tally:
    """Count the answers of a meeting's participants."""
    coming = sum(answers[p.id].coming for p in participants if p.id in answers)
    answered = sum(p.id in answers for p in participants)
    return Tally(coming, answered - coming, len(participants) - answered)


def people_to_send(session: Session, meeting: Meeting, *, by: Asker) -> list[Person]:
    """Return who could come in a person's place: everybody known who does not take part."""
    known = select(Participant.person_id).where(Participant.meeting_id == meeting.id)
    people = session.scalars(policy.readable_people(by).where(Person.id.not_in(known))).all()
    return sorted(people, key=lambda person: name_key(person.full_name))
