"""Tables of the organisation: bodies, people, posts."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetings.models.base import Base, Dated, Identified


class BodyKind(StrEnum):
    """What a body is (domain reference 5, terms 1-24)."""

    PROVINCIAL_COMMITTEE = "provincial_committee"
    EXECUTIVE_COMMITTEE = "executive_committee"
    STANDING_COMMITTEE = "standing_committee"
    STANDING_MEMBERS = "standing_members"
    PARTY_OFFICE = "party_office"
    ADVISORY_BODY = "advisory_body"
    INSPECTION_COMMISSION = "inspection_commission"
    PARTY_COMMITTEE = "party_committee"
    COMMUNE_COMMITTEE = "commune_committee"
    CELL = "cell"
    STATE_BODY = "state_body"


class Body(Identified, Dated, Base):
    """A body of the organisation, a node of its tree."""

    __tablename__ = "body"

    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("body.id"), index=True)
    kind: Mapped[BodyKind]
    name: Mapped[str]
    symbol: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)
    opened_on: Mapped[date | None]
    closed_on: Mapped[date | None]

    parent: Mapped["Body | None"] = relationship(remote_side="Body.id")


class Term(Identified, Base):
    """A term of a body (nhiệm kỳ): its numbers begin anew on the first day."""

    __tablename__ = "term"
    constraints = (UniqueConstraint("body_id", "starts_on"),)

    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"))
    starts_on: Mapped[date]


class Person(Identified, Dated, Base):
    """A person, with or without an account."""

    __tablename__ = "person"

    full_name: Mapped[str]
    honorific: Mapped[str] = mapped_column(default="")
    protocol_rank: Mapped[int] = mapped_column(default=9999)

    @property
    def display_name(self) -> str:
        """Return the name as a page shows it."""
        return self.full_name


class Post(Identified, Dated, Base):
    """A post that a person holds in a body for a time."""

    __tablename__ = "post"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"), index=True)
    title: Mapped[str]
    protocol_rank: Mapped[int] = mapped_column(default=9999)
    since: Mapped[date]
    until: Mapped[date | None]

    person: Mapped[Person] = relationship()
    body: Mapped[Body] = relationship()
