"""What lies in the tray of a meeting, as the clerk sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from meetings import jobs, policy
from meetings.documents.queries import CURRENT_FILE
from meetings.models import (
    UNDERWAY,
    Certainty,
    Document,
    DocumentType,
    DocumentVersion,
    Meeting,
    TrayFile,
    VersionState,
)
from meetings.policy import Asker

ORDER = {Certainty.LOOK: 0, Certainty.GUESS: 1, Certainty.SURE: 2}


@dataclass(frozen=True)
class Laid:
    """A file in the tray: what is known of it, where it lies, how far it is."""

    id: UUID
    file_name: str
    folder: str
    size: int
    certainty: Certainty
    reason: str | None
    item_id: UUID | None
    document_id: UUID | None
    title: str | None
    doc_type: DocumentType | None
    symbol: str | None
    issued_on: date | None
    page_count: int | None
    state: VersionState | None
    done: int = 0
    total: int = 0


def tray_of(session: Session, meeting: Meeting, *, by: Asker) -> list[Laid]:
    """Return the files in a meeting's tray, those that somebody must look at first."""
    query = (
        policy.readable_tray(by)
        .where(TrayFile.meeting_id == meeting.id)
        .outerjoin(Document, Document.id == TrayFile.document_id)
        .outerjoin(DocumentVersion, CURRENT_FILE)
        .with_only_columns(
            TrayFile.id,
            TrayFile.file_name,
            TrayFile.folder,
            TrayFile.size,
            TrayFile.certainty,
            TrayFile.reason,
            TrayFile.item_id,
            Document.id,
            Document.title,
            Document.doc_type,
            Document.symbol,
            Document.issued_on,
            DocumentVersion.page_count,
            DocumentVersion.state,
        )
        .order_by(TrayFile.id)
    )
    rows: Any = session.execute(query)
    files = [Laid(*row) for row in rows]
    steps = _steps(session, files)
    followed = [_with_progress(file, steps) for file in files]
    return sorted(followed, key=lambda file: (file.reason is None, ORDER[file.certainty]))


def file_of(session: Session, meeting: Meeting, file: UUID, *, by: Asker) -> TrayFile | None:
    """Return a file of a meeting's tray, if the person works through it."""
    return session.scalar(
        policy.readable_tray(by).where(TrayFile.meeting_id == meeting.id, TrayFile.id == file)
    )


def waiting_in_tray(session: Session, meeting: Meeting, *, by: Asker) -> int:
    """Return how many files of a tray lie before no item yet."""
    query = policy.readable_tray(by).where(
        TrayFile.meeting_id == meeting.id, TrayFile.item_id.is_(None), TrayFile.reason.is_(None)
    )
    return session.scalar(select(func.count()).select_from(query.subquery())) or 0


def _steps(session: Session, files: Sequence[Laid]) -> dict[str, tuple[int, int]]:
    keys = {f"prepare:{f.document_id}" for f in files if f.state in UNDERWAY}
    return dict(jobs.progress(session, keys)) if keys else {}


def _with_progress(file: Laid, steps: dict[str, tuple[int, int]]) -> Laid:
    done, total = steps.get(f"prepare:{file.document_id}", (0, 0))
    return Laid(**{**vars(file), "done": done, "total": total})
