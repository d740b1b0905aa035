"""A form is set up, filled in, sealed and followed."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from meetings import audit, clock, events
from meetings.agenda.consultations.queries import (
    Question,
    consultation_of,
    has_replies,
    lines_of,
    reminders_of,
    reply_of,
)
from meetings.models import (
    Consultation,
    ConsultationOpinion,
    ConsultationQuestion,
    ConsultationReminder,
    ConsultationReply,
    CountingBase,
    Meeting,
    Person,
    Silence,
    Stance,
)
from meetings.policy import Asker

SEAL = b"nghi-su/opinion/1"


@dataclass(frozen=True)
class Opinion:
    """What somebody answers to a question."""

    stance: Stance
    text: str = ""


@dataclass(frozen=True)
class Terms:
    """Until when a form is answered, how it is counted, and who follows it."""

    due_at: datetime
    counted_of: CountingBase
    silence: Silence
    follower_id: UUID


def set_up(
    session: Session, meeting: Meeting, terms: Terms, questions: Mapping[UUID, Sequence[str]]
) -> Consultation:
    """Keep the form of a meeting; once somebody has answered, its questions stay as they are."""
    form = consultation_of(session, meeting) or Consultation(meeting_id=meeting.id)
    for name, value in vars(terms).items():
        setattr(form, name, value)
    session.add(form)
    session.flush()
    if not has_replies(session, form):
        _ask(session, form, questions)
    return form


def _ask(session: Session, form: Consultation, questions: Mapping[UUID, Sequence[str]]) -> None:
    session.execute(
        delete(ConsultationQuestion).where(ConsultationQuestion.consultation_id == form.id)
    )
    asked = [(item, text) for item, texts in questions.items() for text in texts]
    for position, (item, text) in enumerate(asked):
        session.add(
            ConsultationQuestion(
                consultation_id=form.id, item_id=item, position=position, text=text
            )
        )
    session.flush()


def give(
    session: Session,
    form: Consultation,
    person: UUID,
    opinions: Mapping[Question, Opinion],
    *,
    by: Asker,
    received_on: date | None = None,
) -> ConsultationReply:
    """Keep what somebody answers, in the place of what they answered before, and seal it.

    With the day on which it was received it was copied from paper by the office.
    """
    reply = reply_of(session, form, person)
    if reply is None:
        reply = ConsultationReply(consultation_id=form.id, person_id=person)
        session.add(reply)
    reply.answered_at, reply.received_on = clock.now(), received_on
    reply.entered_by = by.id if received_on else None
    reply.digest = seal(reply, opinions)
    session.flush()
    session.execute(delete(ConsultationOpinion).where(ConsultationOpinion.reply_id == reply.id))
    for question, opinion in opinions.items():
        row = {"reply_id": reply.id, "question_id": question.id, **vars(opinion)}
        session.add(ConsultationOpinion(**row))
    session.flush()
    session.expire(reply, ["opinions"])
    _record(session, form, reply, by)
    events.publish(session, events.office_topic(form.meeting_id), "opinion", person=str(person))
    return reply


def seal(reply: ConsultationReply, opinions: Mapping[Question, Opinion]) -> str:
    """Return the digest of a filled-in form: of who, when, what was asked and what answered."""
    content = {
        "form": str(reply.consultation_id),
        "person": str(reply.person_id),
        "at": reply.answered_at.isoformat(),
        "received": str(reply.received_on or ""),
        "opinions": sorted(
            [str(question.id), question.text, opinion.stance.value, opinion.text]
            for question, opinion in opinions.items()
        ),
    }
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(SEAL + canonical.encode()).hexdigest()


def _record(session: Session, form: Consultation, reply: ConsultationReply, by: Asker) -> None:
    deed = audit.Deed(
        action="opinion:seal",
        actor_id=by.id,
        subject_type="ConsultationReply",
        subject_id=str(reply.id),
        detail={
            "consultation": str(form.id),
            "person": str(reply.person_id),
            "digest": reply.digest,
            "from_paper": reply.received_on is not None,
        },
    )
    audit.record(session, deed)


def is_sealed(reply: ConsultationReply, questions: Sequence[Question]) -> bool:
    """Tell whether a form still says what was sealed."""
    texts = {question.id: question for question in questions}
    kept = {
        texts[one.question_id]: Opinion(one.stance, one.text)
        for one in reply.opinions
        if one.question_id in texts
    }
    return len(kept) == len(reply.opinions) and seal(reply, kept) == reply.digest


def remind(session: Session, form: Consultation, meeting: Meeting, *, by: Asker) -> list[Person]:
    """Ask everybody who has not answered to do so; return who that is.

    It stands on their page of today and says nothing of what the papers are about.
    """
    people: list[Person] = [
        line.person for line in lines_of(session, form, meeting, by=by) if line.reply is None
    ]
    known = reminders_of(session, form)
    for person in people:
        reminder = known.get(person.id)
        if reminder is None:
            session.add(ConsultationReminder(consultation_id=form.id, person_id=person.id))
        else:
            reminder.times, reminder.reminded_at = reminder.times + 1, clock.now()
    session.flush()
    return people
