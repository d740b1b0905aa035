"""Tables of planning: templates, what is due when, papers still awaited, days that are special."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetings.models.agenda import MeetingKind
from meetings.models.base import Base, Dated, Identified
from meetings.models.organisation import Body


class MeetingTemplate(Identified, Dated, Base):
    """What meetings of a kind have in common: agenda, awaited papers, stages of preparation."""

    __tablename__ = "meeting_template"

    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"), index=True)
    kind: Mapped[MeetingKind]
    name: Mapped[str]
    place: Mapped[str]
    minutes: Mapped[int]
    agenda: Mapped[list[dict[str, Any]]]
    stages: Mapped[list[dict[str, Any]]]

    body: Mapped[Body] = relationship()


class MeetingStage(Identified, Base):
    """What has to be done so many working days before a meeting."""

    __tablename__ = "meeting_stage"

    meeting_id: Mapped[UUID] = mapped_column(
        ForeignKey("meeting.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str]
    days: Mapped[int]


class PaperPlace(Identified, Dated, Base):
    """A paper that an item still waits for."""

    __tablename__ = "paper_place"

    item_id: Mapped[UUID] = mapped_column(
        ForeignKey("agenda_item.id", ondelete="CASCADE"), index=True
    )
    title: Mapped[str]


class SpecialDay(Base):
    """A holiday, or a day of the weekend on which people work in its place."""

    __tablename__ = "special_day"

    day: Mapped[date] = mapped_column(primary_key=True)
    working: Mapped[bool]
    name: Mapped[str]
