"""Tables of notes that were sent: a sending to the office or to a colleague, and its copies."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetings.models.accounts import User
from meetings.models.agenda import Meeting
from meetings.models.base import Base, Dated, Identified
from meetings.models.notes import NoteKind
from meetings.models.organisation import Person


class Sending(Identified, Dated, Base):
    """Copies of somebody's notes on their way to one receiver within a meeting."""

    __tablename__ = "note_sending"

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), index=True)
    sender_id: Mapped[UUID] = mapped_column(ForeignKey("user.id"), index=True)
    receiver_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    """Without a receiver it goes to the office that keeps the meeting."""
    read_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    meeting: Mapped[Meeting] = relationship()
    sender: Mapped[User] = relationship()
    receiver: Mapped[Person | None] = relationship()
    notes: Mapped[list["SentNote"]] = relationship(order_by="SentNote.id", lazy="selectin")


class SentNote(Identified, Base):
    """A copy of a note as it was when it was sent."""

    __tablename__ = "sent_note"

    sending_id: Mapped[UUID] = mapped_column(
        ForeignKey("note_sending.id", ondelete="CASCADE"), index=True
    )
    document_id: Mapped[UUID | None] = mapped_column(ForeignKey("document.id"), index=True)
    item_id: Mapped[UUID | None] = mapped_column(ForeignKey("agenda_item.id", ondelete="SET NULL"))
    page: Mapped[int | None]
    kind: Mapped[NoteKind]
    shape: Mapped[dict[str, Any]] = mapped_column(default=dict)
    quote: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
