"""Order the taking in of a list, follow it, break it off."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from meetings import audit, jobs
from meetings.archive.imports.queries import Row
from meetings.models import Body, Job, JobState, Term
from meetings.policy import Asker, Permission

KIND = "archive.import"
PREFIX = "import:"


def order(session: Session, folder: Path, rows: Sequence[Row], *, body: Body, by: Asker) -> int:
    """Queue the taking in of every row without a problem; return how many are queued anew.

    A row that is queued or was taken in already is not queued again: to go on is to order again.
    """
    known = {
        job.dedupe_key
        for job in session.scalars(select(Job).where(Job.kind == KIND))
        if job.state in {JobState.WAITING, JobState.RUNNING, JobState.DONE}
    }
    count = 0
    for row in rows:
        payload = _payload(folder, row, body, by)
        key = f"{PREFIX}{body.id}:{_digest(folder, row)}"
        if not row.problems and key not in known:
            jobs.enqueue(session, KIND, payload, key=key)
            count += 1
    deed = audit.Deed(
        action=Permission.ARCHIVE_IMPORT.value,
        actor_id=by.id,
        subject_type="Body",
        subject_id=str(body.id),
        detail={"rows": count},
    )
    audit.record(session, deed)
    return count


def standing(session: Session) -> Mapping[JobState, int]:
    """Return how many rows stand where."""
    return Counter(session.scalars(select(Job.state).where(Job.kind == KIND)))


def refusals(session: Session) -> list[tuple[str, str]]:
    """Return the files that could not be taken in, and why."""
    dead = select(Job).where(Job.kind == KIND, Job.state == JobState.DEAD).order_by(Job.id)
    return [(job.payload.get("file", "–"), job.problem) for job in session.scalars(dead)]


def break_off(session: Session) -> int:
    """Take out of the queue what was not begun; return how many rows that are."""
    waiting = session.scalars(
        select(Job).where(Job.kind == KIND, Job.state == JobState.WAITING)
    ).all()
    for job in waiting:
        jobs.cancel(session, job)
    return len(waiting)


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
