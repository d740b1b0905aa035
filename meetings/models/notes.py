"""Tables of notes: what a person drew and wrote on pages and at items, and what a tablet sent."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from meetings import clock
from meetings.models.base import Base, Dated, Identified


class NoteKind(StrEnum):
    """With what a note was made."""

    INK = "ink"
    HIGHLIGHT = "highlight"
    TEXT = "text"


class Note(Identified, Dated, Base):
    """A private note of one account, on a page of a version or at an agenda item.

    The mark is what the tablet calls it; a deleted note stays as an empty row, so that other
    tablets learn of it.
    """

    __tablename__ = "note"
    constraints = (UniqueConstraint("user_id", "mark"),)

    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id"))
    mark: Mapped[UUID]
    document_id: Mapped[UUID | None] = mapped_column(ForeignKey("document.id"), index=True)
    version_id: Mapped[UUID | None] = mapped_column(ForeignKey("document_version.id"))
    item_id: Mapped[UUID | None] = mapped_column(ForeignKey("agenda_item.id", ondelete="SET NULL"))
    page: Mapped[int | None]
    kind: Mapped[NoteKind]
    shape: Mapped[dict[str, Any]] = mapped_column(default=dict)
    quote: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
    revision: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[datetime] = mapped_column(default=clock.now, onupdate=clock.now)
    deleted_at: Mapped[datetime | None]


class NotePlacement(Base):
    """Where a note of an earlier version stands in a later one; without a page, nowhere."""

    __tablename__ = "note_placement"

    note_id: Mapped[UUID] = mapped_column(
        ForeignKey("note.id", ondelete="CASCADE"), primary_key=True
    )
    version_id: Mapped[UUID] = mapped_column(
        ForeignKey("document_version.id", ondelete="CASCADE"), primary_key=True
    )
    revision: Mapped[int]
    """Of the note that was placed; a note that changed since is placed anew."""
    page: Mapped[int | None]
    shape: Mapped[dict[str, Any]] = mapped_column(default=dict)


class NoteKeeping(Base):
    """After how many days the notes of a body's meetings are emptied; without a row, never."""

    __tablename__ = "note_keeping"

    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"), primary_key=True)
    days: Mapped[int]
    since: Mapped[datetime]
    """When this was said: whoever wrote is warned before it is done."""


class NoteOperation(Base):
    """A change that a tablet sent and that was made: sent again, it changes nothing."""

    __tablename__ = "note_operation"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
