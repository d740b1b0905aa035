"""Table of what bodies confirmed of their members, quarter by quarter."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetings.models.accounts import User
from meetings.models.base import Base, Dated, Identified


class MemberStatement(Identified, Dated, Base):
    """Form 1 of a quarter as somebody confirmed it; the latest one counts, none changes."""

    __tablename__ = "member_statement"

    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id", ondelete="CASCADE"), index=True)
    begins_on: Mapped[date]
    """The first day of the quarter."""
    opening: Mapped[int]
    closing: Mapped[int]
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """How many came or went, by line."""
    confirmed_by: Mapped[UUID] = mapped_column(ForeignKey("user.id"))

    confirmer: Mapped[User] = relationship()
