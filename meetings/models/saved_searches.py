"""The table of searches that people keep to be told of new hits."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from meetings.models.base import Base, Dated, Identified


class SavedSearch(Identified, Dated, Base):
    """A search that a person keeps; whoever may no longer read a hit is not told of it either."""

    __tablename__ = "saved_search"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(default="", server_default="")
    words: Mapped[str]
    chosen: Mapped[dict[str, str]] = mapped_column(JSON, default=dict, server_default="{}")
    """What narrows it down, as its address says it."""
    seen: Mapped[int] = mapped_column(default=0)
    """How many hits it had when its person last looked."""
    known: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Which ones they were, four bytes each; nothing where they were too many."""
    dropped_at: Mapped[datetime | None]
    """Since when it is dropped; the last one can be brought back."""
