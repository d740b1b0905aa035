"""Who is asked what, who has answered, and what the answers come to."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from meetings import clock, policy
from meetings.agenda.participants.queries import items_of_parts
from meetings.agenda.queries import Item, numbered_items, participants_of
from meetings.collation import name_key
from meetings.models import (
    AgendaItem,
    Body,
    Consultation,
    ConsultationQuestion,
    ConsultationReminder,
    ConsultationReply,
    CountingBase,
    ItemReader,
    Meeting,
    MeetingState,
    Participant,
    Person,
    Role,
    RoleAssignment,
    Silence,
    Stance,
    User,
)
from meetings.models.agenda import WITH_A_VOTE
from meetings.organisation.queries import people
from meetings.policy import Asker


@dataclass(frozen=True)
class Question:
    """A question with the number and the title of the item that it is about."""

    id: UUID
    item_id: UUID | None
    number: str
    about: str
    text: str


@dataclass(frozen=True)
class Line:
    """Somebody who is asked, and their answer."""

    part: Participant
    posts: str
    reply: ConsultationReply | None
    reminder: ConsultationReminder | None

    @property
    def person(self) -> Person:
        """Return who it is."""
        return self.part.person


@dataclass(frozen=True)
class Remark:
    """What somebody wrote to a question."""

    name: str
    posts: str
    stance: Stance
    text: str


@dataclass(frozen=True)
class Count:
    """What the answers to a question come to."""

    question: Question
    stances: Mapping[Stance, int]
    silent: int
    agreeing: int
    """With those whose silence counts as agreement."""
    base: int
    remarks: Sequence[Remark]

    @property
    def share(self) -> float:
        """Return how much of the base agrees, in hundredths."""
        return 100 * self.agreeing / self.base if self.base else 0.0


def consultation_of(session: Session, meeting: Meeting) -> Consultation | None:
    """Return the form of a meeting, if there is one."""
    query = select(Consultation).where(Consultation.meeting_id == meeting.id)
    return session.scalars(query).one_or_none()


def is_open(consultation: Consultation, meeting: Meeting) -> bool:
    """Tell whether answers are taken."""
    out = meeting.state in {MeetingState.RELEASED, MeetingState.IN_SESSION}
    return out and consultation.due_at > clock.now()


def questions_of(
    session: Session, consultation: Consultation, meeting: Meeting
) -> Sequence[Question]:
    """Return the questions of a form, in the order of the agenda."""
    agenda = {item.id: (number, item.title) for number, item in numbered_items(session, meeting)}
    rows = session.scalars(
        select(ConsultationQuestion)
        .where(ConsultationQuestion.consultation_id == consultation.id)
        .order_by(ConsultationQuestion.position)
    )
    order = {item: place for place, item in enumerate(agenda)}
    found = sorted(rows, key=lambda row: order.get(row.item_id or row.id, len(order)))
    nowhere = ("", "")
    return [
        Question(row.id, row.item_id, *agenda.get(row.item_id or row.id, nowhere), row.text)
        for row in found
    ]


def own_questions(
    session: Session, consultation: Consultation, meeting: Meeting, *, by: Asker
) -> Sequence[Question]:
    """Return the questions about items that the person asking may see."""
    seen = policy.visible_items(by).where(AgendaItem.meeting_id == meeting.id)
    items = set(session.scalars(seen.with_only_columns(AgendaItem.id)))
    return [one for one in questions_of(session, consultation, meeting) if one.item_id in items]


def questions_for(
    session: Session, consultation: Consultation, meeting: Meeting, part: Participant
) -> Sequence[Question]:
    """Return the questions that a participant is asked."""
    seen = _items_by_part(session, meeting, [part])[part.id]
    return [one for one in questions_of(session, consultation, meeting) if one.item_id in seen]


def reply_of(
    session: Session, consultation: Consultation, person: UUID
) -> ConsultationReply | None:
    """Return what somebody answered, if they did."""
    query = select(ConsultationReply).where(
        ConsultationReply.consultation_id == consultation.id, ConsultationReply.person_id == person
    )
    return session.scalars(query).one_or_none()


def has_replies(session: Session, consultation: Consultation) -> bool:
    """Tell whether anybody has answered."""
    query = select(ConsultationReply.id).where(ConsultationReply.consultation_id == consultation.id)
    return session.scalars(query.limit(1)).one_or_none() is not None


def lines_of(
    session: Session, consultation: Consultation, meeting: Meeting, *, by: Asker
) -> Sequence[Line]:
    """Return everybody who is asked, in protocol order."""
    listed = people(session, by=by, on=clock.local(meeting.starts_at).date())
    posts = {
        one.person.id: "; ".join(f"{post.title} {post.body.name}" for post in one.posts)
        for one in listed
    }
    replies = session.scalars(
        select(ConsultationReply).where(ConsultationReply.consultation_id == consultation.id)
    )
    given = {reply.person_id: reply for reply in replies}
    reminders = reminders_of(session, consultation)
    return [
        Line(
            part,
            posts.get(part.person_id, ""),
            given.get(part.person_id),
            reminders.get(part.person_id),
        )
        for part in participants_of(session, meeting)
        if part.role in WITH_A_VOTE
    ]


def reminders_of(
    session: Session, consultation: Consultation
) -> Mapping[UUID, ConsultationReminder]:
    """Return whom the office reminded, by person."""
    query = select(ConsultationReminder).where(
        ConsultationReminder.consultation_id == consultation.id
    )
    return {reminder.person_id: reminder for reminder in session.scalars(query)}


def collated(
    session: Session, consultation: Consultation, meeting: Meeting, lines: Sequence[Line]
) -> Sequence[Count]:
    """Return what the answers come to, question by question."""
    seen = _items_by_part(session, meeting, [line.part for line in lines])
    return [
        _count(consultation, question, [one for one in lines if _is_asked(question, one, seen)])
        for question in questions_of(session, consultation, meeting)
    ]


def _is_asked(question: Question, line: Line, seen: Mapping[UUID, set[UUID]]) -> bool:
    answered = line.reply and any(one.question_id == question.id for one in line.reply.opinions)
    return bool(answered) or question.item_id in seen[line.part.id]


def _count(consultation: Consultation, question: Question, asked: Sequence[Line]) -> Count:
    given = [
        (line, opinion)
        for line in asked
        if line.reply
        for opinion in line.reply.opinions
        if opinion.question_id == question.id
    ]
    stances = Counter(opinion.stance for _, opinion in given)
    silent = len(asked) - len(given)
    agrees = consultation.silence is Silence.AGREEMENT and consultation.due_at <= clock.now()
    of_all = consultation.counted_of is CountingBase.ASKED or agrees
    remarks = [
        Remark(line.person.display_name, line.posts, opinion.stance, opinion.text)
        for line, opinion in given
        if opinion.text
    ]
    return Count(
        question,
        stances,
        silent,
        agreeing=stances[Stance.AGREE] + (silent if agrees else 0),
        base=len(asked) if of_all else len(given),
        remarks=remarks,
    )


def _items_by_part(
    session: Session, meeting: Meeting, parts: Sequence[Participant]
) -> Mapping[UUID, set[UUID]]:
    """Return the items that each participant may see, as the policy has it."""
    items = [item for _, item in numbered_items(session, meeting)]
    limited = items_of_parts(session, parts)
    named: dict[UUID, set[UUID]] = defaultdict(set)
    readers = select(ItemReader).where(ItemReader.item_id.in_([item.id for item in items]))
    for reader in session.scalars(readers):
        named[reader.item_id].add(reader.person_id)
    return {part.id: _seen(items, part, limited.get(part.id), named) for part in parts}


def _seen(
    items: Sequence[Item],
    part: Participant,
    chosen: set[UUID] | None,
    named: Mapping[UUID, set[UUID]],
) -> set[UUID]:
    invited: set[UUID] = set()
    hidden: set[UUID] = set()
    for item in items:  # a parent comes before what is in it
        if chosen is None or item.id in chosen or item.parent_id in invited:
            invited.add(item.id)
        shut = item.closed and part.person_id not in named.get(item.id, ())
        if shut or item.parent_id in hidden:
            hidden.add(item.id)
    return invited - hidden


@dataclass(frozen=True)
class Asked:
    """An open form of a person, and whether they answered it or were reminded of it."""

    form: Consultation
    answered: bool
    reminded: bool


def open_forms(session: Session, *, by: Asker) -> Sequence[Asked]:
    """Return the forms that a person may fill in now, the most urgent first."""
    asked = select(Participant.meeting_id).where(
        Participant.person_id == by.person_id, Participant.role.in_(WITH_A_VOTE)
    )
    meetings = policy.readable_meetings(by).where(
        Meeting.state.in_((MeetingState.RELEASED, MeetingState.IN_SESSION)), Meeting.id.in_(asked)
    )
    query = select(Consultation).where(
        Consultation.due_at > clock.now(),
        Consultation.meeting_id.in_(meetings.with_only_columns(Meeting.id)),
    )
    return [
        _asked(session, form, by)
        for form in session.scalars(query.order_by(Consultation.due_at)).all()
        if own_questions(session, form, form.meeting, by=by)
    ]


def _asked(session: Session, form: Consultation, by: Asker) -> Asked:
    reminder = session.get(ConsultationReminder, (form.id, by.person_id))
    return Asked(form, reply_of(session, form, by.person_id) is not None, reminder is not None)


def followers(session: Session, meeting: Meeting, *, by: Asker) -> Sequence[Person]:
    """Return who may follow a form: those who prepare the meetings of the body."""
    above: list[UUID] = []
    body: Body | None = meeting.body
    while body is not None:
        above.append(body.id)
        body = body.parent
    query = (
        policy.readable_people(by)
        .join(User, User.person_id == Person.id)
        .join(RoleAssignment, RoleAssignment.user_id == User.id)
        .where(User.active, RoleAssignment.role == Role.CLERK, RoleAssignment.body_id.in_(above))
        .distinct()
    )
    return sorted(session.scalars(query), key=lambda person: name_key(person.full_name))
