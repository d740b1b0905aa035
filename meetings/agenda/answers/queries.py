"""What the invited answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from meetings import clock, policy
from meetings.agenda.queries import participants_of
from meetings.collation import name_key
from meetings.models import (
    InvitationAnswer,
    InvitationReminder,
    Meeting,
    MeetingState,
    Participant,
    Person,
    Post,
    StandIn,
)
from meetings.organisation.queries import held_on, people
from meetings.policy import Asker


@dataclass(frozen=True)
class Tally:
    """How many of the invited come, do not come, and have not answered."""

    coming: int
    absent: int
    open: int


@dataclass(frozen=True)
class AnswerLine:
    """An invited person with what they answered and when the office reminded them."""

    part: Participant
    posts: str
    answer: InvitationAnswer | None
    reminder: InvitationReminder | None

    @property
    def standing(self) -> str:
        """Return in a word how they stand."""
        if self.answer is None:
            return "open"
        return "coming" if self.answer.coming else "absent"


def answer_lines(session: Session, meeting: Meeting, *, by: Asker) -> list[AnswerLine]:
    """Return everybody invited with their answers, in protocol order."""
    answers, reminders = answers_of(session, meeting), reminders_of(session, meeting)
    listed = people(session, by=by, on=clock.local(meeting.starts_at).date())
    posts = {
        one.person.id: "; ".join(f"{post.title} {post.body.name}" for post in one.posts)
        for one in listed
    }
    return [
        AnswerLine(p, posts.get(p.person_id, ""), answers.get(p.id), reminders.get(p.id))
        for p in participants_of(session, meeting)
    ]


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


def people_to_send(session: Session, meeting: Meeting, *, by: Asker, of: UUID) -> list[Person]:
    """Return who may come in a person's place, as the meeting says; nobody who takes part."""
    if meeting.stand_in is StandIn.NOBODY:
        return []
    known = select(Participant.person_id).where(Participant.meeting_id == meeting.id)
    others = policy.readable_people(by).where(Person.id.not_in(known))
    if meeting.stand_in is StandIn.SAME_UNIT:
        day = clock.local(meeting.starts_at).date()
        units = select(Post.body_id).where(Post.person_id == of, held_on(day))
        others = others.where(
            Person.id.in_(select(Post.person_id).where(Post.body_id.in_(units), held_on(day)))
        )
    found = session.scalars(others).all()
    return sorted(found, key=lambda person: name_key(person.full_name))


def reminders_of(session: Session, meeting: Meeting) -> Mapping[UUID, InvitationReminder]:
    """Return whom the office reminded, by participant."""
    parts = select(Participant.id).where(Participant.meeting_id == meeting.id)
    query = select(InvitationReminder).where(InvitationReminder.participant_id.in_(parts))
    return {reminder.participant_id: reminder for reminder in session.scalars(query)}


def reminding(session: Session, *, by: Asker) -> Sequence[Meeting]:
    """Return the meetings to come about whose invitation a person was reminded in vain so far."""
    answered = select(InvitationAnswer.participant_id)
    reminded = (
        select(Participant.meeting_id)
        .join(InvitationReminder, InvitationReminder.participant_id == Participant.id)
        .where(Participant.person_id == by.person_id, Participant.id.not_in(answered))
    )
    waiting = policy.readable_meetings(by).where(
        Meeting.id.in_(reminded),
        Meeting.state == MeetingState.RELEASED,
        Meeting.ends_at > clock.now(),
    )
    return session.scalars(waiting.order_by(Meeting.starts_at)).all()
