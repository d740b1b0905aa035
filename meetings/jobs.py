"""Slow steps as rows: queued with the change they follow, leased, tried again, buried in sight."""

import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, case, literal, or_, select, update
from sqlalchemy.orm import Session

from meetings import clock, events
from meetings.installation import Installation
from meetings.models import Job, JobState, PeriodicJob

LEASE = timedelta(seconds=60)
MAX_ATTEMPTS = 5
BACKOFF = timedelta(seconds=2)
LONGEST_WAIT = BACKOFF * 2 ** (MAX_ATTEMPTS - 1)
OPEN = (JobState.WAITING, JobState.RUNNING)
ENDED = (JobState.DEAD, JobState.CANCELLED)

logger = logging.getLogger(__name__)


class Urgency(IntEnum):
    """Who waits for a job: of two that are due, the more urgent is done first."""

    SOMEBODY_WAITS = 0
    SOON = 1
    WHEN_IDLE = 2
    LAST = 3


class TakenAway(Exception):
    """The job was cancelled, or another worker took it over, while this one was at it."""


class Unrepairable(Exception):
    """A job can never succeed; trying again would change nothing."""


@dataclass(frozen=True)
class Run:
    """One attempt at a job, as its handler sees it; holds no session."""

    installation: Installation
    job_id: UUID
    payload: Mapping[str, Any]
    owner: str = ""

    def progress(self, done: int, total: int) -> None:
        """Record how far the job is and extend its lease; raise TakenAway if it is ours no more."""

        def change(session: Session) -> bool:
            job = session.get_one(Job, self.job_id)
            if job.lease_owner != self.owner:
                return False
            job.done, job.total, job.leased_until = done, total, clock.now() + LEASE
            _tell(session, job)
            return True

        if not self.installation.database.write(change):
            raise TakenAway


Handler = Callable[[Run], None]
HANDLERS: dict[str, Handler] = {}
URGENCY: dict[str, Urgency] = {}


def handles(kind: str, urgency: Urgency = Urgency.SOON) -> Callable[[Handler], Handler]:
    """Register the function that does the jobs of a kind, and who waits for them."""

    def register(handler: Handler) -> Handler:
        HANDLERS[kind], URGENCY[kind] = handler, urgency
        return handler

    return register


def enqueue(
    session: Session,
    kind: str,
    payload: dict[str, Any],
    *,
    key: str,
    topic: str = "",
    not_before: datetime | None = None,
) -> Job:
    """Queue a job with this transaction, or return the open one with the same key."""
    known = session.scalar(select(Job).where(Job.dedupe_key == key, Job.state.in_(OPEN)))
    if known:
        return known
    due = not_before or clock.now()
    job = Job(
        kind=kind, payload=payload, dedupe_key=key, topic=topic, due_at=due, not_before=not_before
    )
    session.add(job)
    session.flush()
    return job


def latest(session: Session, key: str) -> Job | None:
    """Return the open job with a key, else the newest."""
    is_open, newest = Job.state.in_(OPEN), Job.created_at
    query = select(Job).where(Job.dedupe_key == key).order_by(is_open.desc(), newest.desc())
    return session.scalar(query.limit(1))


def progress(session: Session, keys: Collection[str]) -> dict[str, tuple[int, int]]:
    """Return how many steps of the open jobs with these keys are done, and of how many."""
    query = select(Job.dedupe_key, Job.done, Job.total)
    found = session.execute(query.where(Job.dedupe_key.in_(keys), Job.state.in_(OPEN)))
    return {key: (done, total) for key, done, total in found}


def is_due(session: Session) -> bool:
    """Tell whether a job waits to be done."""
    return session.scalar(select(Job.id).where(_due()).limit(1)) is not None


def claim(session: Session, owner: str) -> Job | None:
    """Lease the most urgent job, of equals the one due longest; a lapsed lease counts as none."""
    job = session.scalar(
        select(Job)
        .where(_due())
        .order_by(_urgency(), Job.due_at, Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if job is None:
        return None
    if job.attempts >= MAX_ATTEMPTS:  # it ended its worker every time
        job.lease_owner, job.leased_until = "", None
        job.state, job.finished_at = JobState.DEAD, clock.now()
        job.problem = "The worker ended during every attempt."
        _tell(session, job)
        return None
    job.state, job.lease_owner = JobState.RUNNING, owner
    job.leased_until, job.attempts = clock.now() + LEASE, job.attempts + 1
    return job


def _due() -> ColumnElement[bool]:
    """Select what may be done now; what lies further ahead than it can, another clock put there."""
    moment = clock.now()
    lapsed = or_(Job.leased_until < moment, Job.leased_until > moment + LEASE)
    waited = or_(Job.due_at <= moment, Job.due_at > moment + LONGEST_WAIT)
    allowed = or_(Job.not_before.is_(None), Job.not_before <= moment)
    return or_(
        (Job.state == JobState.RUNNING) & lapsed, (Job.state == JobState.WAITING) & waited & allowed
    )


def _urgency() -> ColumnElement[int]:
    known = {kind: int(urgency) for kind, urgency in URGENCY.items()}
    return case(known, value=Job.kind, else_=int(Urgency.SOON)) if known else literal(0)


def hand_on(session: Session, run: Run, kind: str) -> None:
    """Leave the rest of a job to another kind; what was done of it is done, and is not lost."""
    job = session.get_one(Job, run.job_id)
    if job.lease_owner != run.owner:
        raise TakenAway
    job.kind, job.state, job.attempts, job.problem = kind, JobState.WAITING, 0, ""
    job.lease_owner, job.leased_until, job.due_at = "", None, clock.now()


def give_back(session: Session, owner: str) -> None:
    """Return every lease of a worker that stops; the attempt does not count."""
    for job in session.scalars(
        select(Job).where(Job.lease_owner == owner, Job.state == JobState.RUNNING)
    ):
        job.state, job.lease_owner, job.leased_until = JobState.WAITING, "", None
        job.attempts -= 1


def begin_anew(session: Session) -> None:
    """Let what waits in a restored database be due from now; nobody was late with it here."""
    now = clock.now()
    late = (Job.state == JobState.WAITING) & (Job.due_at < now)
    session.execute(update(Job).where(late).values(due_at=now))


def retry(session: Session, job: Job) -> None:
    """Queue a dead or cancelled job again, unless it is queued already under its key."""
    twin = select(Job.id).where(Job.dedupe_key == job.dedupe_key, Job.state.in_(OPEN))
    if job.state not in ENDED or session.scalar(twin) is not None:
        return
    job.state, job.attempts, job.due_at = JobState.WAITING, 0, clock.now()
    job.problem, job.finished_at, job.not_before = "", None, None
    _tell(session, job)


def cancel(session: Session, job: Job) -> None:
    """Take an open job out of the queue; whoever is at it stops at the next sign of progress."""
    if job.state not in OPEN:
        return
    job.state, job.finished_at = JobState.CANCELLED, clock.now()
    job.lease_owner, job.leased_until = "", None
    _tell(session, job)


def run_next(installation: Installation, owner: str) -> bool:
    """Do one job that is due; tell whether there was one."""
    job = installation.database.write(lambda session: claim(session, owner))
    if job is None:
        return False
    run = Run(installation, job.id, job.payload, owner)
    problem = _attempt(run, job.kind)
    installation.database.write(lambda session: _settle(session, run, problem))
    return True


def _attempt(run: Run, kind: str) -> Exception | None:
    try:
        HANDLERS[kind](run)
    except Exception as error:  # noqa: BLE001 - whatever a handler raises is the job's outcome
        logger.warning("job=%s kind=%s problem=%s", run.job_id, kind, type(error).__name__)
        return error
    return None


def _settle(session: Session, run: Run, problem: Exception | None) -> None:
    job = session.get_one(Job, run.job_id)
    if job.lease_owner != run.owner:
        return  # the lease ran out, and whoever took it over settles it
    job.lease_owner, job.leased_until = "", None
    if problem is None:
        job.state, job.finished_at, job.problem = JobState.DONE, clock.now(), ""
        job.done = job.total = max(job.total, 1)
        periodic = update(PeriodicJob).where(PeriodicJob.kind == job.kind)
        session.execute(periodic.values(finished_at=job.finished_at))
    else:
        _postpone_or_bury(job, problem)
    _tell(session, job)


def _postpone_or_bury(job: Job, problem: Exception) -> None:
    job.problem = f"{type(problem).__name__}: {problem}".replace("\0", "")[:500]
    hopeless = isinstance(problem, Unrepairable) or job.attempts >= MAX_ATTEMPTS
    if hopeless:
        job.state, job.finished_at = JobState.DEAD, clock.now()
    else:
        job.state, job.due_at = JobState.WAITING, clock.now() + BACKOFF * 2**job.attempts


def _tell(session: Session, job: Job) -> None:
    if job.topic:
        events.publish(
            session, job.topic, "job", key=job.dedupe_key, state=job.state.value,
            done=job.done, total=job.total,
        )  # fmt: skip
