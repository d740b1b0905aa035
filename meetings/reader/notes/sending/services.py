"""Sending copies of notes, opening what came, taking back what nobody has read."""

from collections.abc import Iterable

from sqlalchemy import update
from sqlalchemy.orm import Session

from meetings import audit, clock
from meetings.models import Sending, SentNote
from meetings.policy import Asker, Permission
from meetings.reader.notes.sending.queries import Receiver


def send(session: Session, copies: Iterable[SentNote], to: Receiver, *, by: Asker) -> Sending:
    """Send copies of one's notes to a colleague, or to the office of a meeting."""
    sending = Sending(
        meeting_id=to.meeting.id,
        sender_id=by.id,
        receiver_id=to.person.id if to.person else None,
        notes=list(copies),
    )
    session.add(sending)
    session.flush()
    _record(session, Permission.NOTE_SEND, sending, by)
    return sending


def open_(session: Session, sending: Sending, *, by: Asker) -> None:
    """Note the moment at which notes were first read: they cannot be taken back any more."""
    if _mark(session, sending, read_at=clock.now()):
        _record(session, Permission.NOTE_OPEN, sending, by)


def withdraw(session: Session, sending: Sending, *, by: Asker) -> bool:
    """Take notes back and empty them; tell whether nobody had read them before."""
    is_back = _mark(session, sending, withdrawn_at=clock.now())
    if is_back:
        _record(session, Permission.NOTE_WITHDRAW, sending, by)
        for note in sending.notes:
            note.shape, note.quote, note.text = {}, "", ""
    return is_back


def _mark(session: Session, sending: Sending, **moment: object) -> bool:
    """Set a moment where neither is set: of two who act at once, one is the first."""
    waiting = (Sending.id == sending.id, Sending.read_at.is_(None), Sending.withdrawn_at.is_(None))
    change = update(Sending).where(*waiting).values(**moment).returning(Sending.id)
    return session.scalar(change) is not None


def _record(session: Session, permission: Permission, sending: Sending, by: Asker) -> None:
    deed = audit.Deed(
        action=permission.value,
        actor_id=by.id,
        subject_type="Sending",
        subject_id=str(sending.id),
        detail={
            "meeting": str(sending.meeting_id),
            "to": str(sending.receiver_id or "office"),
            "notes": len(sending.notes),
        },
    )
    audit.record(session, deed)
