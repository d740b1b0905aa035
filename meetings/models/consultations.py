"""Tables of consultations without a meeting: the form, its questions, and the sealed answers."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetings import clock
from meetings.models.agenda import AgendaItem, Meeting
from meetings.models.base import Base, Dated, Identified
from meetings.models.organisation import Person


class Stance(StrEnum):
    """What somebody answers to a question."""

    AGREE = "agree"
    DISAGREE = "disagree"
    OTHER = "other"


class CountingBase(StrEnum):
    """Of what a share is counted."""

    ASKED = "asked"
    RECEIVED = "received"


class Silence(StrEnum):
    """What it means that somebody has not answered by the deadline."""

    UNCOUNTED = "uncounted"
    AGREEMENT = "agreement"


class Consultation(Identified, Dated, Base):
    """A form (phiếu xin ý kiến) about the papers of a meeting, which need not be held."""

    __tablename__ = "consultation"
    constraints = (UniqueConstraint("meeting_id"),)

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    due_at: Mapped[datetime] = mapped_column(index=True)
    counted_of: Mapped[CountingBase] = mapped_column(default=CountingBase.ASKED)
    silence: Mapped[Silence] = mapped_column(default=Silence.UNCOUNTED)
    follower_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    """The official who follows the form (cán bộ theo dõi)."""

    meeting: Mapped[Meeting] = relationship()
    follower: Mapped[Person] = relationship()


class ConsultationQuestion(Identified, Base):
    """A question about an item and the papers before it."""

    __tablename__ = "consultation_question"

    consultation_id: Mapped[UUID] = mapped_column(
        ForeignKey("consultation.id", ondelete="CASCADE"), index=True
    )
    item_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("agenda_item.id", ondelete="SET NULL"), index=True
    )
    position: Mapped[int]
    text: Mapped[str]

    item: Mapped[AgendaItem | None] = relationship()


class ConsultationReply(Identified, Dated, Base):
    """A filled-in form of one person; the digest seals what it says."""

    __tablename__ = "consultation_reply"
    constraints = (UniqueConstraint("consultation_id", "person_id"),)

    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    answered_at: Mapped[datetime] = mapped_column(default=clock.now)
    digest: Mapped[str] = mapped_column(default="")
    entered_by: Mapped[UUID | None] = mapped_column(ForeignKey("user.id"))
    """Who copied it from paper; without one the person gave it under their own account."""
    received_on: Mapped[date | None]

    person: Mapped[Person] = relationship()
    opinions: Mapped[list["ConsultationOpinion"]] = relationship(
        lazy="selectin", cascade="all, delete-orphan"
    )


class ConsultationOpinion(Base):
    """What a form answers to one question."""

    __tablename__ = "consultation_opinion"

    reply_id: Mapped[UUID] = mapped_column(
        ForeignKey("consultation_reply.id", ondelete="CASCADE"), primary_key=True
    )
    question_id: Mapped[UUID] = mapped_column(
        ForeignKey("consultation_question.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    stance: Mapped[Stance]
    text: Mapped[str] = mapped_column(default="")


class ConsultationReminder(Base):
    """That the office asked somebody to fill in a form; it counts until they do."""

    __tablename__ = "consultation_reminder"

    consultation_id: Mapped[UUID] = mapped_column(
        ForeignKey("consultation.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    reminded_at: Mapped[datetime] = mapped_column(default=clock.now)
    times: Mapped[int] = mapped_column(default=1)
