"""Table of destructions: which document, by whose decision, asked and confirmed by whom."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetings.models.accounts import User
from meetings.models.base import Base, Dated, Identified
from meetings.models.documents import Document


class Destruction(Identified, Dated, Base):
    """The destruction of a document (tiêu hủy): one person asks, another one confirms."""

    __tablename__ = "destruction"

    document_id: Mapped[UUID] = mapped_column(ForeignKey("document.id"), unique=True)
    decision: Mapped[str]
    """Number and symbol of the decision to destroy."""
    decided_on: Mapped[date]
    reason: Mapped[str] = mapped_column(default="")
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("user.id"))
    confirmed_by: Mapped[UUID | None] = mapped_column(ForeignKey("user.id"))
    confirmed_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    """When nothing of it was left, neither in files nor in index, database and its log."""

    document: Mapped[Document] = relationship(lazy="joined", innerjoin=True)
    asker: Mapped[User] = relationship(lazy="joined", innerjoin=True, foreign_keys=[asked_by])
    confirmer: Mapped[User | None] = relationship(lazy="joined", foreign_keys=[confirmed_by])
