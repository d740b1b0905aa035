"""The ledgers: audit entries, jobs, live events, what people tell us."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column

from meetings.models.base import Base, Dated, Identified


class Decision(StrEnum):
    """How the guard answered."""

    ALLOWED = "allowed"
    REFUSED = "refused"


class AuditEntry(Base):
    """A line of the audit ledger, chained to the one before; ids only, never names or text."""

    __tablename__ = "audit_entry"

    seq: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    at: Mapped[datetime]
    actor_id: Mapped[UUID | None] = mapped_column(index=True)
    action: Mapped[str] = mapped_column(index=True)
    subject_type: Mapped[str] = mapped_column(default="")
    subject_id: Mapped[str] = mapped_column(default="", index=True)
    decision: Mapped[Decision]
    address: Mapped[str] = mapped_column(default="")
    request_id: Mapped[str] = mapped_column(default="")
    detail: Mapped[dict[str, Any]]
    previous: Mapped[str]
    digest: Mapped[str] = mapped_column(unique=True)


class JobState(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead"
    CANCELLED = "cancelled"


class Job(Identified, Dated, Base):
    """A slow step, queued in the transaction of the change it follows."""

    __tablename__ = "job"
    constraints = (
        Index("ix_job_state_due_at", "state", "due_at"),
        Index(
            "uq_job_open_key",
            "dedupe_key",
            unique=True,
            sqlite_where=text("state IN ('waiting', 'running')"),
            postgresql_where=text("state IN ('waiting', 'running')"),
        ),
    )

    kind: Mapped[str]
    payload: Mapped[dict[str, Any]]
    dedupe_key: Mapped[str]
    topic: Mapped[str] = mapped_column(default="")
    state: Mapped[JobState] = mapped_column(default=JobState.WAITING)
    due_at: Mapped[datetime]
    not_before: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    lease_owner: Mapped[str] = mapped_column(default="")
    leased_until: Mapped[datetime | None]
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str] = mapped_column(default="")
    finished_at: Mapped[datetime | None]


class PeriodicJob(Dated, Base):
    """A job that is ordered again and again: when it last was, was last done, and is next due."""

    __tablename__ = "periodic_job"

    kind: Mapped[str] = mapped_column(primary_key=True)
    ordered_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    next_at: Mapped[datetime | None]


class Event(Base):
    """Something that happened, for the open streams of a topic."""

    __tablename__ = "event"

    seq: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    at: Mapped[datetime]
    topic: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    data: Mapped[dict[str, Any]]


class Feedback(Identified, Dated, Base):
    """What a person wrote to those who run the system."""

    __tablename__ = "feedback"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id"))
    page: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
