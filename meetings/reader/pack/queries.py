"""The list of a document's files, and how long its key may be used."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from meetings import clock, policy
from meetings.documents.queries import WIDTHS, contents_of, pages_of
from meetings.installation import Installation
from meetings.models import (
    AgendaItem,
    AgendaPaper,
    Document,
    DocumentVersion,
    KeptPack,
    Meeting,
    Page,
    Person,
    User,
)
from meetings.policy import Asker, readable_people
from meetings.reader.citations.queries import cited_in

GRACE = timedelta(hours=24)
WITHOUT_A_MEETING = timedelta(hours=12)


def manifest_of(
    session: Session, installation: Installation, version: DocumentVersion, *, by: Asker
) -> dict[str, Any]:
    """Return the files of each page, by width and name, with their lengths, and what is cited."""
    pages = [_entry(installation, page) for page in pages_of(session, version)]
    cited = cited_in(session, version.document, version, by=by)
    return {
        "version": str(version.id),
        "pages": pages,
        "cited": cited,
        "labels": contents_of(installation, version).labels,
        "contents": version.contents,
    }


def _entry(installation: Installation, page: Page) -> dict[str, Any]:
    def file(digest: str) -> dict[str, Any]:
        return {"name": digest, "bytes": installation.store.ciphertext_size(digest)}

    return {
        "id": str(page.id),
        "number": page.number,
        "width": page.width,
        "height": page.height,
        "crop": page.crop,
        "pictures": {str(width): file(getattr(page, name)) for width, name in WIDTHS.items()}
        | {"light": file(page.lightest_image)},
        "words": file(page.words),
    }


def usable_until(session: Session, document: Document, *, by: Asker) -> datetime:
    """Return until when a key may be used: a day past the last meeting that has the paper.

    No key outlives the time in which its paper may be read.
    """
    moment = clock.now()
    soonest = moment + WITHOUT_A_MEETING
    mine = (
        policy.readable_papers(by)
        .where(AgendaPaper.document_id == document.id)
        .join(AgendaPaper.item)
        .join(AgendaItem.meeting)
        .with_only_columns(Meeting.ends_at, AgendaPaper.readable_until)
    )
    ends = [
        min(max(soonest, ends_at + GRACE), until or datetime.max.replace(tzinfo=UTC))
        for ends_at, until in session.execute(mine)
    ]
    return max((end for end in ends if end > moment), default=soonest)


@dataclass(frozen=True)
class Holder:
    """A tablet that keeps a document, or kept it."""

    name: str
    kept_at: datetime
    told_at: datetime
    dropped_at: datetime | None


def holders_of(session: Session, document: Document, *, by: Asker) -> Sequence[Holder]:
    """Return the tablets that keep a document or kept it, those that still do first."""
    query = (
        readable_people(by)
        .join(User, User.person_id == Person.id)
        .join(KeptPack, KeptPack.user_id == User.id)
        .join(DocumentVersion, DocumentVersion.id == KeptPack.version_id)
        .where(DocumentVersion.document_id == document.id)
        .order_by(KeptPack.dropped_at.is_not(None), Person.full_name, KeptPack.id)
        .with_only_columns(
            Person.full_name, KeptPack.created_at, KeptPack.told_at, KeptPack.dropped_at
        )
    )
    rows: Any = session.execute(query)
    return [Holder(*row) for row in rows]


def is_recalled(session: Session, document: Document, *, by: Asker) -> bool:
    """Tell whether a document was recalled and lies before nobody now."""
    query = policy.readable_papers(by).where(AgendaPaper.document_id == document.id)
    papers = session.scalars(query).all()
    recalled = any(paper.recalled_at for paper in papers)
    return recalled and not any(paper.is_out for paper in papers)
