"""Answers are given, changed until the meeting opens, and substitutes agreed to or refused."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from meetings import clock, events
from meetings.agenda.access.services import items_of_part, wish_invitation
from meetings.agenda.answers.queries import part_of, reminders_of
from meetings.models import (
    InvitationAnswer,
    InvitationReminder,
    Meeting,
    Participant,
    ParticipantRole,
    Person,
)
from meetings.policy import Asker


def answer(
    session: Session,
    part: Participant,
    *,
    coming: bool,
    reason: str = "",
    substitute: Person | None = None,
) -> InvitationAnswer:
    """Keep what a person answers, instead of what they answered before; the office hears of it."""
    known = select(InvitationAnswer).where(InvitationAnswer.participant_id == part.id)
    given = session.scalar(known) or InvitationAnswer(participant_id=part.id)
    given.coming, given.reason = coming, "" if coming else reason
    given.substitute_id = substitute.id if substitute and not coming else None
    given.substitute_agreed, given.answered_at = None, clock.now()
    session.add(given)
    session.flush()
    events.publish(
        session, events.office_topic(part.meeting_id), "answer", participant=str(part.id)
    )
    return given


def remind(session: Session, meeting: Meeting) -> list[UUID]:
    """Ask everybody who has not answered to do so; return who that is.

    It stands on their page of today and says nothing of what the meeting is about.
    """
    answered = select(InvitationAnswer.participant_id)
    waiting = session.scalars(
        select(Participant).where(
            Participant.meeting_id == meeting.id, Participant.id.not_in(answered)
        )
    ).all()
    known = reminders_of(session, meeting)
    for part in waiting:
        reminder = known.get(part.id)
        if reminder is None:
            session.add(InvitationReminder(participant_id=part.id))
        else:
            reminder.times, reminder.reminded_at = reminder.times + 1, clock.now()
    session.flush()
    return [part.person_id for part in waiting]


def agree(session: Session, given: InvitationAnswer, *, role: ParticipantRole, by: Asker) -> bool:
    """Let the proposed person come in the other's place, in the role that the office decides.

    Tell whether this waits for a second person, as every invitation to restricted papers does.
    """
    substitute = given.substitute
    if substitute is None or given.substitute_agreed is not None:
        return False
    given.substitute_agreed = True
    meeting = _meeting(session, given)
    items = items_of_part(session, given.participant)
    known = part_of(session, meeting, by=substitute.id)
    if known is not None:  # the office let them in meanwhile: what they have stays theirs
        own = items_of_part(session, known)
        if own is None:
            return False
        items = None if items is None else items | own
    return wish_invitation(session, meeting, substitute, role, by=by, items=items)


def refuse(given: InvitationAnswer) -> None:
    """Let the proposed person not come; whoever is absent stays so."""
    if given.substitute_id is not None and given.substitute_agreed is None:
        given.substitute_agreed = False


def _meeting(session: Session, given: InvitationAnswer) -> Meeting:
    return session.get_one(Meeting, given.participant.meeting_id)
