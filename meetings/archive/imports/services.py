"""Order the taking in of a list, follow it, break it off."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from meetings import audit, jobs
from meetings.archive.imports.queries import Row
from meetings.models import Body, Job, JobState, Term
from meetings.policy import Asker, Permission

KIND = "archive.import"
PREFIX = "import:"


def fresh(session: Session, folder: Path, rows: Sequence[Row], *, body: Body) -> list[Row]:
    """Return the rows without a problem that are neither queued nor taken in already."""
    known = set(
        session.scalars(
            select(Job.dedupe_key).where(
                Job.kind == KIND,
                Job.state.in_([JobState.WAITING, JobState.RUNNING, JobState.DONE]),
            )
        )
    )
    return [row for row in rows if not row.problems and _key(folder, row, body) not in known]


def order(session: Session, folder: Path, rows: Sequence[Row], *, body: Body, by: Asker) -> int:
    """Queue the taking in of every row without a problem; return how many are queued anew.

    A row that is queued or was taken in already is not queued again: to go on is to order again.
    """
    new = fresh(session, folder, rows, body=body)
    for row in new:
        payload = _payload(folder, row, body, by)
        jobs.enqueue(session, KIND, payload, key=_key(folder, row, body))
    deed = audit.Deed(
        action=Permission.ARCHIVE_IMPORT.value,
        actor_id=by.id,
        subject_type="Body",
        subject_id=str(body.id),
        detail={"rows": len(new)},
    )
    audit.record(session, deed)
    return len(new)


def standing(session: Session, body: Body | None = None) -> Mapping[JobState, int]:
    """Return how many rows, of all bodies or of one, stand where."""
    return Counter(session.scalars(_of(body).with_only_columns(Job.state)))


def refusals(session: Session, body: Body | None = None) -> list[tuple[str, str]]:
    """Return the files that could not be taken in, and why; what was taken in later is not one."""
    done = set(session.scalars(_of(body, JobState.DONE).with_only_columns(Job.dedupe_key)))
    dead = session.scalars(_of(body, JobState.DEAD).order_by(Job.id))
    last = {job.dedupe_key: job for job in dead if job.dedupe_key not in done}
    return [(job.payload.get("file", "–"), job.problem) for job in last.values()]


def break_off(session: Session, body: Body | None = None) -> int:
    """Take out of the queue what was not begun; return how many rows that are."""
    waiting = session.scalars(_of(body, JobState.WAITING)).all()
    for job in waiting:
        jobs.cancel(session, job)
    return len(waiting)


def _of(body: Body | None, state: JobState | None = None) -> Select[Job]:
    """Select the rows of one body or of all, in one state or in any."""
    query = select(Job).where(Job.kind == KIND)
    if body:
        query = query.where(Job.dedupe_key.startswith(f"{PREFIX}{body.id}:"))
    return query.where(Job.state == state) if state else query


def begin_term(session: Session, body_name: str, day: date) -> bool:
    """Let a term of a body begin on a day; tell whether there is such a body."""
    body = session.scalar(select(Body).where(Body.name == body_name))
    if body is None:
        return False
    same = select(Term.id).where(Term.body_id == body.id, Term.starts_on == day)
    if session.scalar(same) is None:
        session.add(Term(body_id=body.id, starts_on=day))
        told = {"day": day.isoformat()}
        deed = audit.Deed(
            action="archive:term", subject_type="Body", subject_id=str(body.id), detail=told
        )
        audit.record(session, deed)
    return True


def _key(folder: Path, row: Row, body: Body) -> str:
    return f"{PREFIX}{body.id}:{_digest(folder, row)}"


def _digest(folder: Path, row: Row) -> str:
    return hashlib.sha256(f"{folder.resolve()}\0{row.file}".encode()).hexdigest()[:32]


def _payload(folder: Path, row: Row, body: Body, by: Asker) -> dict[str, Any]:
    day = row.issued_on
    return {
        "folder": str(folder.resolve()),
        "file": row.file,
        "body": str(body.id),
        "by": str(by.id),
        "title": row.title,
        "symbol": row.symbol,
        "doc_type": row.doc_type.value,
        "issued_on": day.isoformat() if day else None,
        "issuer": row.issuer,
        "signer": row.signer,
        "level": int(row.level),
        "circulation": row.circulation.told(),
    }
