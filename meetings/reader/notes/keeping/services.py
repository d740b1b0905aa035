"""Setting how long notes are kept, and emptying those whose time has come."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from meetings import audit, clock
from meetings.models import Body, Note, NoteKeeping, NotePlacement
from meetings.reader.notes.keeping.queries import ends_of
from meetings.reader.notes.services import delete as empty


def keep_for(session: Session, body: Body, days: int) -> None:
    """Let the notes of a body's meetings be emptied after some days; 0 keeps them."""
    kept = session.get(NoteKeeping, body.id)
    if kept and kept.days == days:
        return
    if kept:
        session.delete(kept)
        session.flush()
    if days:
        session.add(NoteKeeping(body_id=body.id, days=days, since=clock.now()))


def purge(session: Session) -> None:
    """Empty the notes whose time has come, and write down how many; never what they said."""
    now = clock.now()
    due = [note for note, end in ends_of(session, select(Note)) if end <= now]
    for note in due:
        empty(note)
        session.execute(delete(NotePlacement).where(NotePlacement.note_id == note.id))
    if due:
        audit.record(session, audit.Deed(action="note:purge", detail={"notes": len(due)}))
