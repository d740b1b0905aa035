"""Tables of the organisation: bodies, people, posts."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
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


class Dissolution(Identified, Base):
    """A body that was dissolved, with all that went elsewhere; it is undone or confirmed once."""

    __tablename__ = "dissolution"

    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"), index=True)
    decision: Mapped[str]
    day: Mapped[date]
    """The first day on which the body is no more."""
    done_by: Mapped[UUID] = mapped_column(ForeignKey("user.id"))
    done_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]

    body: Mapped[Body] = relationship()


class DissolutionStep(Identified, Base):
    """What became of one body in a dissolution: it went under another one, or into it."""

    __tablename__ = "dissolution_step"

    dissolution_id: Mapped[UUID] = mapped_column(
        ForeignKey("dissolution.id", ondelete="CASCADE"), index=True
    )
    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"), index=True)
    from_id: Mapped[UUID | None] = mapped_column(ForeignKey("body.id"))
    """What it belonged to before."""
    to_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"), index=True)
    closes: Mapped[bool]
    """Whether it closed, and its members went into the other body."""
    moved: Mapped[list[str]] = mapped_column(default=list)
    """The members who went along."""
    posts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """The posts that ended with it, and until when they were held before."""

    body: Mapped[Body] = relationship(foreign_keys=body_id)
    to: Mapped[Body] = relationship(foreign_keys=to_id)
