"""Which notes belong to a meeting, and when each of them will be emptied."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import Session, join

from meetings import clock
from meetings.models import AgendaItem, AgendaPaper, Meeting, Note, NoteKeeping
from meetings.policy import Asker, readable_notes
from meetings.reader.notes.queries import Written, written_notes

NOTICE = timedelta(days=14)
"""So long before notes are emptied their authors are warned."""

belongs_to_meeting: ColumnElement[bool] = or_(
    exists()
    .where(AgendaItem.id == Note.item_id, AgendaItem.meeting_id == Meeting.id)
    .correlate(Note, Meeting),
    exists()
    .where(
        AgendaPaper.document_id == Note.document_id,
        AgendaPaper.released_at.is_not(None),
        AgendaItem.id == AgendaPaper.item_id,
        AgendaItem.meeting_id == Meeting.id,
    )
    .correlate(Note, Meeting),
)


@dataclass(frozen=True)
class Warned:
    """How many notes will be emptied soon, and when the first."""

    count: int
    first: datetime


def notes_of_meeting(session: Session, meeting: Meeting, *, by: Asker) -> list[Written]:
    """Return what a person wrote at a meeting and on its papers, the newest first."""
    here = exists().where(Meeting.id == meeting.id, belongs_to_meeting).correlate(Note)
    return written_notes(session, by=by, among=here)


def days_of(session: Session, body: UUID) -> int:
    """Return after how many days the notes of a body's meetings are emptied; 0 is never."""
    kept = session.get(NoteKeeping, body)
    return kept.days if kept else 0


def warning(session: Session, notes: Iterable[Note] | None = None, *, by: Asker) -> Warned | None:
    """Return what of a person's notes will be emptied: of some whenever, of all those soon."""
    ends = ends_of(session, readable_notes(by))
    asked = None if notes is None else {note.id for note in notes}
    soon = clock.now() + NOTICE
    found = [end for note, end in ends if (end <= soon if asked is None else note.id in asked)]
    return Warned(len(found), min(found)) if found else None


def ends_of(session: Session, notes: Select[Note]) -> list[tuple[Note, datetime]]:
    """Return when notes will be emptied: once the last of their meetings lets them go."""
    at_meeting = join(Note, Meeting, belongs_to_meeting)
    of_its_body = NoteKeeping.body_id == Meeting.body_id
    query = (
        notes.where(Note.deleted_at.is_(None))
        .add_columns(Meeting.closed_at, NoteKeeping)
        .select_from(join(at_meeting, NoteKeeping, of_its_body, isouter=True))
    )
    moments: dict[Note, list[datetime | None]] = defaultdict(list)
    rows: Any = session.execute(query)
    for note, closed_at, kept in rows:
        moments[note].append(_end(note, closed_at, kept))
    ends = ((note, _last(found)) for note, found in moments.items())
    return [(note, end) for note, end in ends if end]


def _end(note: Note, closed_at: datetime | None, kept: NoteKeeping | None) -> datetime | None:
    if closed_at is None or kept is None:
        return None
    counted = max(closed_at, note.updated_at) + timedelta(days=kept.days)
    return max(counted, kept.since + NOTICE)


def _last(moments: Iterable[datetime | None]) -> datetime | None:
    """Return the last moment; without one where any of the meetings keeps the note."""
    known = list(moments)
    return None if None in known else max(moment for moment in known if moment)


def empties_any(session: Session) -> bool:
    """Tell whether any body lets notes be emptied."""
    return session.scalar(select(NoteKeeping.body_id).limit(1)) is not None
