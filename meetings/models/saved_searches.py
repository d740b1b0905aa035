"""The table of searches that people keep to be told of new hits."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from meetings.models.base import Base, Dated, Identified
from meetings.models.documents import DocumentType


class SavedSearch(Identified, Dated, Base):
    """A search that a person keeps; whoever may no longer read a hit is not told of it either."""

    __tablename__ = "saved_search"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    words: Mapped[str]
    doc_type: Mapped[DocumentType | None]
    year: Mapped[int | None]
    seen: Mapped[int] = mapped_column(default=0)
    """How many hits it had when its person last looked."""
