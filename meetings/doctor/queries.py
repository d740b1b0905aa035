"""What a database and a store can tell of their own damage, and what the last examination found."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from meetings.installation import Installation
from meetings.models import AuditEntry, DocumentVersion, Page

EXAMINED = "data:examine"
TOLD = 20
Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Examination:
    """What an examination of the data found: files read, things wrong, the first of these."""

    at: datetime
    files: int
    wrong: int
    first: str


def named_files(session: Session) -> set[str]:
    """Return the files that documents and their pages name."""
    columns = (Page.small_image, Page.large_image, Page.thumbnail, Page.words, Page.text)
    named = set(session.scalars(select(DocumentVersion.blob)))
    for column in columns:
        named.update(session.scalars(select(column)))
    return named


def damaged_files(
    installation: Installation, tell: Tell = lambda _done, _total: None
) -> tuple[int, list[str]]:
    """Read every file again; return how many there are, and which are damaged or missing."""
    store = installation.store
    with installation.database.reading() as session:
        named = named_files(session)
    present = sorted(store.digests())
    problems = []
    for number, digest in enumerate(present, 1):
        # one that a recall removed meanwhile is neither
        if store.has(digest) and not store.verify(digest):
            problems.append(f"damaged: {digest}")
        tell(number, len(present))
    with installation.database.reading() as session:
        still_named = named & named_files(session)
    problems += [f"missing: {digest}" for digest in sorted(still_named) if not store.has(digest)]
    return len(present), problems


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
