"""Table of packs: which tablet keeps which version, since when, and when it told of its end."""

from datetime import datetime
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
