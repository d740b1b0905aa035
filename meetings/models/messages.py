"""Tables of what leaves the system: how people are reached, and what was sent to them."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetings.models.base import Base, Dated, Identified
from meetings.models.organisation import Person


class Way(StrEnum):
    """How a message goes out."""

    MAIL = "mail"
    SMS = "sms"


class MessageKind(StrEnum):
    """What a message asks somebody to look at; it says no more."""

    INVITATION = "invitation"
    REMINDER = "reminder"
    NEWS = "news"


class MessageState(StrEnum):
    """How far a message is."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


class Contact(Dated, Base):
    """Where a person is reached outside the system, and by what they wish to be."""

    __tablename__ = "contact"

    person_id: Mapped[UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    mail: Mapped[str] = mapped_column(default="")
    mobile: Mapped[str] = mapped_column(default="")
    by_mail: Mapped[bool] = mapped_column(default=True)
    by_sms: Mapped[bool] = mapped_column(default=True)
    digest: Mapped[bool] = mapped_column(default=False)
    """Whether the person is told each morning that something is new."""

    person: Mapped[Person] = relationship()

    def address(self, way: Way) -> str:
        """Return where the person is reached in a way, or nothing where they do not wish to be."""
        wished = {Way.MAIL: self.by_mail, Way.SMS: self.by_sms}
        return {Way.MAIL: self.mail, Way.SMS: self.mobile}[way] if wished[way] else ""


class Message(Identified, Dated, Base):
    """Something that was or will be sent to a person; its words follow from its kind alone."""

    __tablename__ = "message"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    meeting_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("meeting.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[MessageKind]
    way: Mapped[Way]
    state: Mapped[MessageState] = mapped_column(default=MessageState.WAITING)
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
