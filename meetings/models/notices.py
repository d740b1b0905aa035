"""Table of notices: until when somebody has seen what changed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from meetings.models.base import Base


class NoticeMark(Base):
    """The moment until which a person has seen what changed in their meetings."""

    __tablename__ = "notice_mark"

    user_id: Mapped[UUID] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"), primary_key=True
    )
    seen_at: Mapped[datetime]
