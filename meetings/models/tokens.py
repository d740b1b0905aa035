"""The table of access tokens: with which a program asks in the name of a person."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from meetings import clock
from meetings.models.base import Base, Dated, Identified


class Scope(StrEnum):
    """What a program may ask about, of all that its person may."""

    ORGANISATION = "organisation"
    MEETINGS = "meetings"
    PAPERS = "papers"
    FILES = "files"


class AccessToken(Identified, Dated, Base):
    """A secret that a person gave to a program; this row holds only its hash."""

    __tablename__ = "access_token"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    scopes: Mapped[list[str]]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    """When it last opened something, to the minute."""
    ended_at: Mapped[datetime | None]

    @property
    def last_day(self) -> date:
        """Return the day at whose end it opens nothing any more."""
        return clock.local(self.expires_at - timedelta(seconds=1)).date()
