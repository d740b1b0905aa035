"""The table of relations between documents: what one does to another, and who says so."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from meetings.models.base import Base, Dated, Identified


class RelationKind(StrEnum):
    """What a document does to another (domain reference 1.6)."""

    REPLACES = "replaces"
    AMENDS = "amends"
    REPEALS = "repeals"
    SUSPENDS = "suspends"
    IMPLEMENTS = "implements"
    REVIEWS = "reviews"
    CITES = "cites"


class RelationState(StrEnum):
    """Whether an archivist stands behind a relation."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


class Relation(Identified, Dated, Base):
    """A relation from a document to an older one; a rejected one is not proposed again."""

    __tablename__ = "relation"
    constraints: ClassVar = (UniqueConstraint("source_id", "target_id"),)

    source_id: Mapped[UUID] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"))
    target_id: Mapped[UUID] = mapped_column(
        ForeignKey("document.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[RelationKind]
    state: Mapped[RelationState] = mapped_column(default=RelationState.PROPOSED)
    since: Mapped[date | None]
    """From which day it holds; without one, from the day of issue."""
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None]
