"""Tables of reading: the page where a person left a document, and the pages they had in view."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from meetings import clock
from meetings.models.base import Base


class ReadingPosition(Base):
    """The last page a user had open in a document."""

    __tablename__ = "reading_position"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id"), primary_key=True)
    document_id: Mapped[UUID] = mapped_column(ForeignKey("document.id"), primary_key=True)
    page: Mapped[int]
    updated_at: Mapped[datetime] = mapped_column(default=clock.now, onupdate=clock.now)


class ReadPages(Base):
    """The pages of a version that a user had in view, each at least for a moment."""

    __tablename__ = "read_pages"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id"), primary_key=True)
    version_id: Mapped[UUID] = mapped_column(
        ForeignKey("document_version.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    pages: Mapped[list[int]] = mapped_column(JSON, default=list)
    opened_at: Mapped[datetime] = mapped_column(default=clock.now)
    turns: Mapped[dict[str, int] | None] = mapped_column(JSON)
    """By how many quarters, with the clock, this person turned which page."""
    ended_at: Mapped[datetime | None]
    """When the last of the pages had been in view."""
