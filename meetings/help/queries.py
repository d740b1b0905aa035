"""What the administrator sees: the queue, the feedback, the state of the machine."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from meetings import policy
from meetings.installation import Installation
from meetings.intake import sandbox_state
from meetings.models import (
    AuditEntry,
    Document,
    DocumentVersion,
    Feedback,
    Job,
    JobState,
    PeriodicJob,
    User,
)
from meetings.policy import Asker
from meetings.press.pdf import UnavailableError, UnprintableError, font_problem
from search_index.errors import IndexDamaged

LONGEST_LIST = 100
BACKUP_MADE, BACKUP_CHECKED = "backup:create", "backup:check"


@dataclass(frozen=True)
class Machine:
    """How the machine under the product is doing; an empty text is no problem."""

    documents: int
    bytes_received: int
    free_bytes: int
    indexed: int
    index_problem: str
    sandbox: str
    font_problem: str


@dataclass(frozen=True)
class Report:
    """What the worker wrote down of a backup; an empty text is no problem."""

    at: datetime
    files: int
    problem: str


def last_report(session: Session, action: str) -> Report | None:
    """Return what was last written down of a backup or of its check."""
    query = select(AuditEntry).where(AuditEntry.action == action)
    entry = session.scalar(query.order_by(AuditEntry.seq.desc()).limit(1))
    return Report(entry.at, entry.detail["files"], entry.detail["problem"]) if entry else None


def jobs_by_state(session: Session, user: Asker) -> dict[JobState, int]:
    """Return how many jobs stand in each state."""
    seen = policy.readable_jobs(user).subquery()
    counted = session.execute(select(seen.c.state, func.count()).group_by(seen.c.state))
    found = {JobState(state): count for state, count in counted}
    return {state: found.get(state, 0) for state in JobState}


def unfinished_jobs(session: Session, user: Asker) -> Sequence[Job]:
    """Return the dead jobs, then the running and the waiting ones, newest first."""
    order = [JobState.DEAD, JobState.RUNNING, JobState.WAITING, JobState.CANCELLED]
    place = {state: number for number, state in enumerate(order)}
    query = policy.readable_jobs(user).where(Job.state != JobState.DONE)
    ranked = sorted(session.scalars(query.order_by(Job.id.desc())), key=lambda j: place[j.state])
    return ranked[:LONGEST_LIST]


def periodic_jobs(session: Session) -> Sequence[PeriodicJob]:
    """Return what is ordered again and again, what is next first."""
    return session.scalars(
        select(PeriodicJob).order_by(
            PeriodicJob.next_at.is_(None), PeriodicJob.next_at, PeriodicJob.kind
        )
    ).all()


def feedback(session: Session, user: Asker) -> list[tuple[Feedback, str]]:
    """Return the newest feedback with the name of who wrote it."""
    newest = policy.readable_feedback(user).order_by(Feedback.created_at.desc()).limit(LONGEST_LIST)
    rows = session.scalars(newest).all()
    writers = policy.readable_users(user).where(User.id.in_([row.user_id for row in rows]))
    names = {writer.id: writer.person.display_name for writer in session.scalars(writers)}
    return [(row, names[row.user_id]) for row in rows]


def machine(session: Session, installation: Installation) -> Machine:
    """Return the state of disk, index, sandbox and print font."""
    indexed, index_problem = index_state(installation)
    return Machine(
        documents=session.scalar(select(func.count(Document.id))) or 0,
        bytes_received=session.scalar(select(func.sum(DocumentVersion.size))) or 0,
        free_bytes=free_bytes(installation.settings.instance),
        indexed=indexed,
        index_problem=index_problem,
        sandbox=sandbox_state(),
        font_problem=print_problem(),
    )


def index_state(installation: Installation) -> tuple[int, str]:
    """Return how many documents the index holds and what is wrong with it."""
    try:
        return len(installation.index.versions()), ""
    except (IndexDamaged, OSError) as error:
        return 0, str(error)


@cache
def print_problem() -> str:
    """Return, asked once, what keeps this machine from printing, asked of a child process."""
    try:
        return font_problem() or ""
    except (UnavailableError, UnprintableError) as error:
        return str(error)


def free_bytes(folder: Path) -> int:
    """Return how much space the disk of a folder has left."""
    return shutil.disk_usage(folder).free
