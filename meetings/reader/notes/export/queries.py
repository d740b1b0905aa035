"""What of one's notes may be taken along: one's words, and quotations from papers that may be."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from meetings.models import Document, Meeting, Note
from meetings.policy import Asker, readable_meetings, takeable_documents
from meetings.reader.notes.keeping.queries import notes_of_meeting
from meetings.reader.notes.queries import Written, written_notes


@dataclass(frozen=True)
class Taken:
    """A note as it leaves; without the quotation where the paper may only be read."""

    note: Note
    place: str
    quote: str


def notes_to_take(session: Session, *, by: Asker, meeting: UUID | None = None) -> Sequence[Taken]:
    """Return all that a person wrote, or what they wrote at a meeting, the newest first."""
    written = _written(session, meeting, by) if meeting else written_notes(session, by=by)
    asked = {one.document.id for one in written if one.document}
    query = takeable_documents(by).where(Document.id.in_(asked)).with_only_columns(Document.id)
    takeable = set(session.scalars(query))
    taken = []
    for one in written:
        known = one.document or one.item
        may_quote = one.document is not None and one.document.id in takeable
        quote = one.quote if may_quote else ""
        if quote or one.note.text:
            taken.append(Taken(one.note, known.title if known else "", quote))
    return taken


def _written(session: Session, named: UUID, by: Asker) -> Sequence[Written]:
    """Return what a person wrote at a meeting, if they may know of it."""
    meeting = session.scalar(readable_meetings(by).where(Meeting.id == named))
    return notes_of_meeting(session, meeting, by=by) if meeting else []
