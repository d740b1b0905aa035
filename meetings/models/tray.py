"""Table of the tray: files received for a meeting, and before which items they seem to belong."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetings.models.base import Base, Dated, ForeignName, Identified
from meetings.models.documents import Document


class Certainty(StrEnum):
    """How sure it is before which item a file belongs (domain: chắc, đoán, cần xem)."""

    SURE = "sure"
    GUESS = "guess"
    LOOK = "look"


class TrayFile(Identified, Dated, Base):
    """A file in a meeting's tray; one with a reason was refused and left no document."""

    __tablename__ = "tray_file"

    meeting_id: Mapped[UUID] = mapped_column(
        ForeignKey("meeting.id", ondelete="CASCADE"), index=True
    )
    document_id: Mapped[UUID | None] = mapped_column(ForeignKey("document.id"), index=True)
    item_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("agenda_item.id", ondelete="SET NULL"), index=True
    )
    file_name: Mapped[str] = mapped_column(ForeignName)
    folder: Mapped[str] = mapped_column(ForeignName, default="", server_default="")
    """Where it lay in the folder or the archive it came in: a hint of its item."""
    size: Mapped[int]
    certainty: Mapped[Certainty] = mapped_column(default=Certainty.LOOK)
    by_hand: Mapped[bool] = mapped_column(default=False)
    """A person chose the item; matching leaves it alone."""
    reason: Mapped[str | None]

    document: Mapped[Document | None] = relationship()


class TrayEdit(Identified, Dated, Base):
    """What many files of a tray were changed from at once, until it is undone."""

    __tablename__ = "tray_edit"

    meeting_id: Mapped[UUID] = mapped_column(
        ForeignKey("meeting.id", ondelete="CASCADE"), index=True
    )
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id"))
    before: Mapped[list[dict[str, Any]]]
