"""Table of reading: the page where a person left a document."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
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
