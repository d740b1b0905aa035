"""Tables of enrolled tablets: the device, and the code with which the office enrols one."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetings.models.accounts import User
from meetings.models.base import Base, Dated, Identified


class Device(Identified, Dated, Base):
    """A tablet enrolled for an account: the key it proves itself by, and the PIN beside it."""

    __tablename__ = "device"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id"), index=True)
    name: Mapped[str]
    token_hash: Mapped[str] = mapped_column(index=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    pin_hash: Mapped[str] = mapped_column(default="")
    pin_open_until: Mapped[datetime | None]
    """Until when the tablet may choose a new PIN without knowing the old one."""
    failures: Mapped[int] = mapped_column(default=0)
    last_challenge_at: Mapped[datetime | None]
    """No challenge of that moment or before is taken again."""
    used_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)


class EnrolmentCode(Identified, Dated, Base):
    """A code that turns a tablet into a person's own, once."""

    __tablename__ = "enrolment_code"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id"), index=True)
    code_hash: Mapped[str] = mapped_column(unique=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
