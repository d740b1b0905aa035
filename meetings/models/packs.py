"""Tables of tablets: which keeps which version since when, and how each did when tried."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetings import clock
from meetings.models.accounts import User
from meetings.models.base import Base, Dated, Identified


class KeptPack(Identified, Dated, Base):
    """A version on a tablet, as the tablet itself last told."""

    __tablename__ = "kept_pack"
    constraints = (UniqueConstraint("user_id", "tablet", "version_id"),)

    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id"))
    tablet: Mapped[UUID]
    version_id: Mapped[UUID] = mapped_column(ForeignKey("document_version.id"), index=True)
    told_at: Mapped[datetime] = mapped_column(default=clock.now)
    dropped_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()


class TabletTrial(Identified, Dated, Base):
    """How a tablet and its network did when its owner tried them before a meeting."""

    __tablename__ = "tablet_trial"
    constraints = (UniqueConstraint("meeting_id", "user_id", "tablet"),)

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id"), index=True)
    tablet: Mapped[str]
    """What kind of device it is, as its browser says."""
    found: Mapped[dict[str, Any]]
    tried_at: Mapped[datetime] = mapped_column(default=clock.now)
