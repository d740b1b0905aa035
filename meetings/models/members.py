"""Tables of the party members: the switch of the module, members, what happened to them."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetings.models.accounts import User
from meetings.models.base import Base, Dated, Identified
from meetings.models.organisation import Body


class Standing(StrEnum):
    """What a member is to the Party (tình trạng đảng tịch)."""

    APPLICANT = "applicant"
    PROBATIONARY = "probationary"
    FULL = "full"
    EXEMPT = "exempt"
    STRUCK_OFF = "struck_off"
    LEFT = "left"
    EXPELLED = "expelled"
    DIED = "died"


class EventKind(StrEnum):
    """What may happen to a member (domain reference 2.4)."""

    REGISTERED = "registered"
    SUPPLEMENTED = "supplemented"
    ADMITTED = "admitted"
    MADE_OFFICIAL = "made_official"
    CARD_ISSUED = "card_issued"
    TRANSFERRED_IN = "transferred_in"
    TRANSFERRED_OUT = "transferred_out"
    RECEIVED_THERE = "received_there"
    MOVED = "moved"
    POST_GIVEN = "post_given"
    POST_ENDED = "post_ended"
    TRAINED = "trained"
    COMMENDED = "commended"
    BADGE_AWARDED = "badge_awarded"
    DISCIPLINED = "disciplined"
    RATED = "rated"
    EXEMPTED = "exempted"
    STRUCK_OFF = "struck_off"
    LEFT = "left"
    EXPELLED = "expelled"
    DIED = "died"
    RESTORED = "restored"


class MemberApproval(Identified, Base):
    """A time in which the register of members is switched on, and the approval that allows it."""

    __tablename__ = "member_approval"

    number: Mapped[str]
    decided_on: Mapped[date]
    opened_at: Mapped[datetime]
    opened_by: Mapped[UUID] = mapped_column(ForeignKey("user.id"))
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[UUID | None] = mapped_column(ForeignKey("user.id"))

    opener: Mapped[User] = relationship(foreign_keys=opened_by)
    closer: Mapped[User | None] = relationship(foreign_keys=closed_by)


class MemberKey(Identified, Dated, Base):
    """The one key of the sensitive facts, locked by the root key."""

    __tablename__ = "member_key"

    wrapped_key: Mapped[bytes] = mapped_column(LargeBinary)


class Member(Identified, Dated, Base):
    """A member as they are now: all but the key is what the events say, for lists to be quick."""

    __tablename__ = "member"
    constraints = (
        Index("ix_member_of_body", "body_id", "present"),
        Index("ix_member_words", "present", "words", "body_id", "standing"),
        Index("ix_member_in_order", "present", "sort_name", "id", "body_id", "standing"),
    )

    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"))
    """The body of the member, or the last one, which keeps the dossier."""
    present: Mapped[bool] = mapped_column(default=False)
    """Whether the member belongs to that body now."""
    standing: Mapped[Standing] = mapped_column(default=Standing.APPLICANT)
    full_name: Mapped[str] = mapped_column(default="")
    sort_name: Mapped[str] = mapped_column(default="")
    """The name as the Vietnamese alphabet places it, the given name first."""
    words: Mapped[str] = mapped_column(default="")
    """Names and numbers without accents, a blank before each, to be searched."""
    birth_date: Mapped[str] = mapped_column(default="")
    card_number: Mapped[str] = mapped_column(default="", index=True)
    admitted_on: Mapped[date | None]
    official_on: Mapped[date | None]
    counted_from: Mapped[date | None] = mapped_column(index=True)
    """The day from which party age is counted: the admission and the days outside the Party."""
    badges: Mapped[list[str]] = mapped_column(default=list)
    """The badges that were awarded, by their years."""
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)

    body: Mapped[Body] = relationship()


class MemberEvent(Identified, Dated, Base):
    """Something that happened to a member, as a version: a later one corrects it, none changes."""

    __tablename__ = "member_event"
    constraints = (
        UniqueConstraint("member_id", "number"),
        Index("ix_member_event_happened_on", "happened_on", "kind", "member_id"),
    )

    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    number: Mapped[int]
    kind: Mapped[EventKind]
    happened_on: Mapped[date]
    body_id: Mapped[UUID | None] = mapped_column(ForeignKey("body.id"), index=True)
    decision: Mapped[str] = mapped_column(default="")
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    """The sensitive facts, encrypted with the key of the members."""
    corrects_id: Mapped[UUID | None] = mapped_column(ForeignKey("member_event.id"), index=True)
    """The first version of what this one corrects."""
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("user.id"))

    recorder: Mapped[User] = relationship()


class MemberLook(Identified, Dated, Base):
    """Somebody looked at the sensitive facts of a member, and why."""

    __tablename__ = "member_look"

    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id"))
    reason: Mapped[str]

    user: Mapped[User] = relationship()


class Outcome(StrEnum):
    """How the way of a dossier to another body ended."""

    RECEIVED = "received"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Custody(Identified, Dated, Base):
    """The way of a sealed dossier from the body that keeps it to another one."""

    __tablename__ = "custody"

    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)
    from_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"), index=True)
    to_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"), index=True)
    reference: Mapped[str]
    """The number of the formal procedure on the national portal."""
    inventory: Mapped[list[str]] = mapped_column(default=list)
    """What lies in the dossier (mục lục tài liệu), a paper in a line."""
    started_by: Mapped[UUID] = mapped_column(ForeignKey("user.id"))
    sent_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[UUID | None] = mapped_column(ForeignKey("user.id"))
    outcome: Mapped[Outcome | None]
    reason: Mapped[str] = mapped_column(default="")
    """Why the dossier was refused."""

    member: Mapped[Member] = relationship()
    sender: Mapped[Body] = relationship(foreign_keys=from_id)
    receiver: Mapped[Body] = relationship(foreign_keys=to_id)
    starter: Mapped[User] = relationship(foreign_keys=started_by)
    closer: Mapped[User | None] = relationship(foreign_keys=closed_by)


class MemberList(Identified, Dated, Base):
    """A list of members that a body sent, until it is entered: one a body, sealed, soon gone."""

    __tablename__ = "member_list"

    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id", ondelete="CASCADE"), unique=True)
    given_by: Mapped[UUID] = mapped_column(ForeignKey("user.id"))
    true_on: Mapped[date]
    """The day on which the list says who is in the body."""
    heading: Mapped[int]
    """Which row names the columns."""
    encoding: Mapped[str] = mapped_column(default="")
    """The old font in which it is written; empty where it is Unicode."""
    columns: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """In which column each fact stands."""
    others: Mapped[list[int]] = mapped_column(JSON, default=list)
    """The rows of whom somebody said that they are other persons than those of the same name."""
    rows: Mapped[bytes] = mapped_column(LargeBinary)
    """The cells, encrypted with the key of the members."""
