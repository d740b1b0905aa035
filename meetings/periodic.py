"""Periodic jobs as data: declared beside their handlers, ordered when due, kept in a table.

The clock may jump. An order that lies ahead of it was given under another clock: the job is
ordered once and counted anew from now.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from meetings import clock, jobs
from meetings.installation import Installation
from meetings.models import Job, PeriodicJob
from meetings.settings import Settings

NIGHT = range(1, 5)  # hours in Vietnam in which nobody waits for the worker
SLACK = timedelta(minutes=5)  # a clock set back by less only makes the next order wait
Condition = Callable[[Session, Settings], bool]


class Rhythm(Protocol):
    """When a periodic job is to be ordered."""

    @property
    def provided(self) -> Condition:
        """Tell whether the rhythm is kept at the moment."""

    def next_at(self, row: PeriodicJob, moment: datetime) -> datetime:
        """Return when the next order is due, as seen from a moment."""


def always(_session: Session, _settings: Settings) -> bool:
    """Keep a rhythm whatever happens."""
    return True


@dataclass(frozen=True)
class Every:
    """At once, and then whenever so much time has passed since the last order."""

    interval: timedelta
    provided: Condition = always

    def next_at(self, row: PeriodicJob, moment: datetime) -> datetime:
        """Return the last order's moment and the interval."""
        return row.ordered_at + self.interval if row.ordered_at else moment


@dataclass(frozen=True)
class Nightly:
    """Each night; by day on a machine that was off at night, once so much time has passed."""

    overdue: timedelta
    provided: Condition = always

    def next_at(self, row: PeriodicJob, moment: datetime) -> datetime:
        """Return when the night after the last order begins, or when it was missed for too long."""
        last = row.ordered_at or row.created_at
        begins = _night_after(last)
        if moment < begins + timedelta(hours=len(NIGHT)):
            return begins
        return min(last + self.overdue, _night_after(moment))


@dataclass(frozen=True)
class _Plan:
    """What is to be done about a periodic job, made without a lock."""

    kind: str
    seen: datetime | None
    rhythms: tuple[Rhythm, ...]


DECLARED: dict[str, tuple[Rhythm, ...]] = {}


def declare(kind: str, *rhythms: Rhythm) -> None:
    """Let the jobs of a kind be ordered in the first rhythm that asks for it."""
    DECLARED[kind] = rhythms


def order_due(installation: Installation) -> None:
    """Queue every periodic job that is due, at most one of a kind."""
    moment, settings = clock.now(), installation.settings
    with installation.database.reading() as session:
        rows = {row.kind: row for row in session.scalars(select(PeriodicJob))}
        plans = [
            plan
            for kind, rhythms in DECLARED.items()
            if (plan := _plan(session, settings, kind, rhythms, rows.get(kind), moment))
        ]
    if plans or rows.keys() - DECLARED.keys():
        installation.database.write(lambda session: _carry_out(session, plans, moment))


def _plan(
    session: Session,
    settings: Settings,
    kind: str,
    rhythms: tuple[Rhythm, ...],
    row: PeriodicJob | None,
    moment: datetime,
) -> _Plan | None:
    kept = tuple(rhythm for rhythm in rhythms if rhythm.provided(session, settings))
    if row is None:
        return _Plan(kind, None, kept)
    following = _next(row, kept, moment)
    if following == row.next_at and (following is None or following > moment):
        return None
    return _Plan(kind, row.ordered_at, kept)


def _carry_out(session: Session, plans: list[_Plan], moment: datetime) -> None:
    session.execute(delete(PeriodicJob).where(PeriodicJob.kind.not_in(DECLARED)))
    for plan in plans:
        row = session.get(PeriodicJob, plan.kind, with_for_update=True)
        if row is None:
            row = PeriodicJob(kind=plan.kind, created_at=moment)
            session.add(row)
        if row.ordered_at != plan.seen:
            continue  # somebody else was faster
        following = _next(row, plan.rhythms, moment)
        if following is not None and following <= moment:
            _order(session, plan.kind)
            row.ordered_at = moment
            following = _next(row, plan.rhythms, moment)
        row.next_at = following


def _order(session: Session, kind: str) -> None:
    """Queue a job in the place of the one before, unless that is still open."""
    before = (Job.dedupe_key == kind) & Job.state.not_in(jobs.OPEN)
    session.execute(delete(Job).where(before))
    jobs.enqueue(session, kind, {}, key=kind)


def _next(row: PeriodicJob, rhythms: tuple[Rhythm, ...], moment: datetime) -> datetime | None:
    moments = [rhythm.next_at(row, moment) for rhythm in rhythms]
    if moments and (row.ordered_at or row.created_at) > moment + SLACK:
        return moment
    return min(moments, default=None)


def _night_after(moment: datetime) -> datetime:
    """Return when the first night begins that had not begun at a moment."""
    begins, following = (
        day + timedelta(hours=NIGHT.start) for day in clock.day_bounds(clock.local(moment).date())
    )
    return begins if moment < begins else following
