"""Tables of the places of meetings: rooms, who holds them, bridge points, what is asked there."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetings.models.agenda import Meeting
from meetings.models.base import Base, Dated, Identified
from meetings.models.organisation import Body, Person


class Room(Identified, Dated, Base):
    """A room in which bodies meet, looked after by the office of one."""

    __tablename__ = "room"
    constraints = (UniqueConstraint("body_id", "name"),)

    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"))
    name: Mapped[str]
    site: Mapped[str] = mapped_column(default="")
    """Where it is: a floor, a building."""
    capacity: Mapped[int]
    equipment: Mapped[list[str]] = mapped_column(default=list)
    closed: Mapped[bool] = mapped_column(default=False)
    plan: Mapped[list[str]] = mapped_column(default=list)
    """The podium and the rows of the hall as lines of marks; empty where nobody drew it."""

    body: Mapped[Body] = relationship()

    @property
    def label(self) -> str:
        """Return the name with where it is, as a place of a meeting is written."""
        return ", ".join(part for part in (self.name, self.site) if part)


class RoomBooking(Dated, Base):
    """That a meeting holds a room for its hours; one of its rooms is the main one."""

    __tablename__ = "room_booking"

    meeting_id: Mapped[UUID] = mapped_column(
        ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True
    )
    room_id: Mapped[UUID] = mapped_column(ForeignKey("room.id"), primary_key=True, index=True)
    main: Mapped[bool] = mapped_column(default=True)

    meeting: Mapped[Meeting] = relationship()
    room: Mapped[Room] = relationship()


class BridgePoint(Identified, Dated, Base):
    """A place from which people take part in a meeting over a video link."""

    __tablename__ = "bridge_point"

    meeting_id: Mapped[UUID] = mapped_column(
        ForeignKey("meeting.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str]
    room_id: Mapped[UUID | None] = mapped_column(ForeignKey("room.id"), index=True)
    place: Mapped[str] = mapped_column(default="")
    link: Mapped[str] = mapped_column(default="")
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    """Who is in charge there."""

    meeting: Mapped[Meeting] = relationship()
    room: Mapped[Room | None] = relationship()
    person: Mapped[Person | None] = relationship()


class PointParticipant(Base):
    """That somebody takes part from a bridge point."""

    __tablename__ = "point_participant"

    participant_id: Mapped[UUID] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True
    )
    point_id: Mapped[UUID] = mapped_column(
        ForeignKey("bridge_point.id", ondelete="CASCADE"), index=True
    )


class Seat(Base):
    """On which seat of the main room somebody sits at a meeting."""

    __tablename__ = "seat"
    constraints = (UniqueConstraint("meeting_id", "row", "column"),)

    participant_id: Mapped[UUID] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True
    )
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    row: Mapped[int]
    column: Mapped[int]


class ServiceKind(StrEnum):
    """What a meeting may ask of those who serve its room."""

    WATER = "water"
    MICROPHONE = "microphone"
    PROJECTOR = "projector"
    OTHER = "other"


class ServiceState(StrEnum):
    """How far those who serve a room are with what was asked."""

    ASKED = "asked"
    TAKEN = "taken"
    DONE = "done"


class ServiceRequest(Identified, Dated, Base):
    """Something that has to be in the room of a meeting by some hour."""

    __tablename__ = "service_request"

    meeting_id: Mapped[UUID] = mapped_column(
        ForeignKey("meeting.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[ServiceKind]
    quantity: Mapped[int]
    note: Mapped[str] = mapped_column(default="")
    due_at: Mapped[datetime] = mapped_column(index=True)
    state: Mapped[ServiceState] = mapped_column(default=ServiceState.ASKED)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    """Who took it."""

    meeting: Mapped[Meeting] = relationship()
    person: Mapped[Person | None] = relationship()
