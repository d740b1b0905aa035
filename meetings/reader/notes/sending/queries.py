"""To whom a note may go, what came and what was sent, with what each reader may see of it."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from meetings import clock
from meetings.collation import name_key
from meetings.documents.queries import current_version
from meetings.models import (
    AgendaItem,
    AgendaPaper,
    Document,
    Meeting,
    Note,
    NotePlacement,
    Participant,
    Person,
    Sending,
    SentNote,
    User,
)
from meetings.policy import (
    Asker,
    readable_documents,
    readable_meetings,
    readable_papers,
    readable_people,
    readable_received,
    readable_sent,
)
from meetings.reader.notes.queries import documents_among, items_among


@dataclass(frozen=True)
class Receiver:
    """A colleague at a meeting, or without a person its office."""

    meeting: Meeting
    person: Person | None

    @property
    def key(self) -> str:
        """Return what names the receiver in a form."""
        return f"{self.meeting.id} {self.person.id if self.person else ''}".strip()


@dataclass(frozen=True)
class Shown:
    """A note that was sent, as one of its readers may see it now."""

    note: SentNote
    document: Document | None
    item: AgendaItem | None

    @property
    def quote(self) -> str:
        """Return the words on the page that the note is about."""
        return self.note.quote if self.document else ""

    @property
    def page(self) -> int | None:
        """Return the page on which it stood."""
        return self.note.page if self.document else None

    @property
    def lines(self) -> list[list[int]]:
        """Return the strokes of the pen; without the page they say nothing."""
        return self.note.shape.get("lines", []) if self.document else []


@dataclass(frozen=True)
class Parcel:
    """A sending with its notes."""

    sending: Sending
    notes: Sequence[Shown]


def receivers_of(session: Session, note: Note, *, by: Asker) -> list[Receiver]:
    """Return to whom a person may send a note: the offices of its meetings, then colleagues."""
    found = []
    for meeting in _meetings_of(session, note, by):
        found.append(Receiver(meeting, None))
        found += [Receiver(meeting, person) for person in _colleagues(session, meeting, by)]
    return found


def _meetings_of(session: Session, note: Note, by: Asker) -> Sequence[Meeting]:
    if note.document_id:
        laid = readable_papers(by).where(AgendaPaper.document_id == note.document_id)
        at = laid.join(AgendaPaper.item).with_only_columns(AgendaItem.meeting_id)
    else:
        at = select(AgendaItem.meeting_id).where(AgendaItem.id == note.item_id)
    query = _attended(by).where(Meeting.id.in_(at))
    return session.scalars(query.order_by(Meeting.starts_at.desc())).all()


def _attended(by: Asker) -> Select[Meeting]:
    attended = select(Participant.meeting_id).where(Participant.person_id == by.person_id)
    return readable_meetings(by).where(Meeting.id.in_(attended))


def _colleagues(session: Session, meeting: Meeting, by: Asker) -> list[Person]:
    """Return the others who take part in a meeting and have an account to read with."""
    query = (
        readable_people(by)
        .join(Participant, Participant.person_id == Person.id)
        .join(User, User.person_id == Person.id)
        .where(Participant.meeting_id == meeting.id, User.active, Person.id != by.person_id)
    )
    return sorted(session.scalars(query), key=lambda person: name_key(person.full_name))


def copy_of(session: Session, note: Note, *, by: Asker) -> SentNote:
    """Return a copy of a note as it stands now; of a paper that may not be read, only the words."""
    query = readable_documents(by).where(Document.id == note.document_id)
    document = session.scalar(query) if note.document_id else None
    place = {"document_id": note.document_id, "item_id": note.item_id}
    copy = SentNote(**place, kind=note.kind, shape={}, quote="", text=note.text)
    if document:
        copy.quote = note.quote
        copy.page, copy.shape = _standing(session, note, document)
    return copy


def shown_before(session: Session, note: Note, *, by: Asker) -> Shown:
    """Return what the copy of a note would be, for its author to look at before it goes."""
    copy = copy_of(session, note, by=by)
    document = documents_among(session, [copy.document_id], by=by).get(copy.document_id)
    return Shown(copy, document, items_among(session, [copy.item_id], by=by).get(copy.item_id))


def has_gone(session: Session, copies: Collection[SentNote], to: Receiver, *, by: Asker) -> bool:
    """Tell whether the same copies went to a receiver already and were not taken back."""
    query = readable_sent(by).where(
        Sending.meeting_id == to.meeting.id,
        Sending.receiver_id == (to.person.id if to.person else None),
        Sending.withdrawn_at.is_(None),
    )
    wanted = {_said(copy) for copy in copies}
    return any({_said(one) for one in sent.notes} == wanted for sent in session.scalars(query))


def _said(copy: SentNote) -> tuple[object, ...]:
    shape = json.dumps(copy.shape, sort_keys=True)
    return copy.document_id, copy.item_id, copy.page, shape, copy.quote, copy.text


def _standing(
    session: Session, note: Note, document: Document
) -> tuple[int | None, dict[str, object]]:
    """Return the page and the shape of a note in the version that is read now."""
    version = current_version(session, document)
    if version is None or note.version_id in (None, version.id):
        return note.page, note.shape
    placed = session.get(NotePlacement, (note.id, version.id))
    return (placed.page, placed.shape) if placed else (None, note.shape)


def received(session: Session, *, by: Asker) -> list[Parcel]:
    """Return the notes that came to a person or their office, the newest first."""
    return _parcels(session, readable_received(by), by)


def sent(session: Session, *, by: Asker) -> list[Parcel]:
    """Return what a person sent, the newest first."""
    return _parcels(session, readable_sent(by), by)


def unread_count(session: Session, *, by: Asker) -> int:
    """Return how many of the notes that came nobody has opened yet."""
    waiting = readable_received(by).where(Sending.read_at.is_(None))
    return session.scalar(waiting.with_only_columns(func.count())) or 0


def _parcels(session: Session, query: Select[Sending], by: Asker) -> list[Parcel]:
    parts = (Sending.meeting, Sending.sender, Sending.receiver)
    ordered = query.options(*map(joinedload, parts)).order_by(Sending.id.desc())
    sendings = session.scalars(ordered).all()
    notes = [note for sending in sendings for note in sending.notes]
    documents = documents_among(session, (note.document_id for note in notes), by=by)
    items = items_among(session, (note.item_id for note in notes), by=by)
    out = _out(session, {sending.meeting_id for sending in sendings}, by)

    def shown(sending: Sending, note: SentNote) -> Shown:
        is_out = (sending.meeting_id, note.document_id) in out
        document = documents.get(note.document_id) if is_out else None
        return Shown(note, document, items.get(note.item_id))

    return [Parcel(one, [shown(one, note) for note in one.notes]) for one in sendings]


def _out(session: Session, meetings: Collection[UUID], by: Asker) -> set[tuple[UUID, UUID]]:
    """Return which documents lie before which meetings, also for the office not recalled."""
    query = (
        readable_papers(by)
        .join(AgendaPaper.item)
        .where(AgendaItem.meeting_id.in_(meetings))
        .where(AgendaPaper.released_at.is_not(None), AgendaPaper.recalled_at.is_(None))
        .where(or_(AgendaPaper.readable_until.is_(None), AgendaPaper.readable_until > clock.now()))
        .with_only_columns(AgendaItem.meeting_id, AgendaPaper.document_id)
    )
    rows: Any = session.execute(query)
    return {(meeting, document) for meeting, document in rows}
