"""What a database and a store can tell of their own damage, and what the last examination found."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from meetings.documents.queries import named_files
from meetings.installation import Installation
from meetings.models import AuditEntry
from storage import Missing

EXAMINED = "data:examine"
TOLD = 20
ABANDONED = timedelta(days=30)  # a restore may bring back the rows of younger ones
Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Examination:
    """What an examination of the data found: files read, things wrong, the first of these."""

    at: datetime
    files: int
    wrong: int
    first: str


def damaged_files(
    installation: Installation, tell: Tell = lambda _done, _total: None
) -> tuple[int, list[str]]:
    """Read every file again; return how many there are, and which are damaged or missing."""
    store = installation.store
    with installation.database.reading() as session:
        named = set(named_files(session))
    present = sorted(store.digests())
    problems = []
    for number, digest in enumerate(present, 1):
        # one that a recall removed meanwhile is neither
        if store.has(digest) and not store.verify(digest):
            problems.append(f"damaged: {digest}")
        tell(number, len(present))
    with installation.database.reading() as session:
        still_named = named.intersection(named_files(session))
    problems += [f"missing: {digest}" for digest in sorted(still_named) if not store.has(digest)]
    return len(present), problems


def unnamed_files(installation: Installation) -> list[str]:
    """Return the files that no row names: what a killed preparation left, or a lost database."""
    with installation.database.reading() as session:
        unnamed = set(installation.store.digests()).difference(named_files(session))
    return [digest for digest in sorted(unnamed) if _age(installation, digest) > ABANDONED]


def _age(installation: Installation, digest: str) -> timedelta:
    try:
        written = installation.store.ciphertext(digest).stat().st_mtime
    except (Missing, FileNotFoundError):
        return timedelta(0)
    return timedelta(seconds=time.time() - written)


def last_examination(session: Session) -> Examination | None:
    """Return what the newest examination found."""
    query = select(AuditEntry).where(AuditEntry.action == EXAMINED)
    entry = session.scalar(query.order_by(AuditEntry.seq.desc()).limit(1))
    if entry is None:
        return None
    problems = entry.detail["problems"]
    return Examination(
        entry.at, entry.detail["files"], entry.detail["wrong"], problems[0] if problems else ""
    )
