"""Table of copies: what left the system on paper or as a file, with whom, and its code."""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetings.models.accounts import User
from meetings.models.agenda import Meeting
from meetings.models.base import Base, Dated, Identified
from meetings.models.documents import Document


class CopyKind(StrEnum):
    """How a copy left."""

    DOWNLOAD = "download"
    PRINT = "print"
    PACK = "pack"


class TakenCopy(Identified, Dated, Base):
    """A copy of a paper, or of all papers of a meeting, that somebody took along."""

    __tablename__ = "taken_copy"
    constraints = (UniqueConstraint("code"),)

    code: Mapped[str]
    kind: Mapped[CopyKind]
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id"), index=True)
    bearer: Mapped[str]
    """The name and the unit as they stand on its pages."""
    document_id: Mapped[UUID | None] = mapped_column(ForeignKey("document.id"), index=True)
    version_number: Mapped[int | None]
    meeting_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("meeting.id", ondelete="CASCADE"), index=True
    )
    bound: Mapped[list[str]] = mapped_column(JSON, default=list)
    """The documents that are bound in it, where it is all papers of a meeting."""

    user: Mapped[User] = relationship()
    document: Mapped[Document | None] = relationship()
    meeting: Mapped[Meeting | None] = relationship()
