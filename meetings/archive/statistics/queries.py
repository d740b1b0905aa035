"""Counts over the documents that the person asking may read, and over no others."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, extract, func, select
from sqlalchemy.orm import Session

from meetings.documents.queries import CURRENT_FILE
from meetings.intake.page_text import Source
from meetings.models import Body, Document, DocumentType, DocumentVersion, Page, VersionState
from meetings.policy import Asker, readable_documents


@dataclass(frozen=True)
class Figures:
    """The archive in figures: counts by year, kind, body, state of the file, source of the text."""

    total: int
    years: Sequence[tuple[int | None, int]]
    types: Sequence[tuple[DocumentType, int]]
    bodies: Sequence[tuple[str, int]]
    states: Sequence[tuple[VersionState | None, int]]
    sources: Sequence[tuple[Source, int]]


def figures(session: Session, *, by: Asker) -> Figures:
    """Return the figures of what a person may read."""
    readable = readable_documents(by)
    years = _counted(session, readable, extract("year", Document.issued_on))
    with_body = readable.join(Body, Body.id == Document.body_id)
    with_file = readable.outerjoin(DocumentVersion, CURRENT_FILE)
    with_pages = readable.join(DocumentVersion, CURRENT_FILE).join(
        Page, Page.version_id == DocumentVersion.id
    )
    return Figures(
        total=sum(count for _, count in years),
        years=sorted(((int(y) if y else None, n) for y, n in years), key=lambda p: p[0] or 0),
        types=_counted(session, readable, Document.doc_type),
        bodies=_counted(session, with_body, Body.name),
        states=_counted(session, with_file, DocumentVersion.state),
        sources=_counted(session, with_pages, Page.source),
    )


def _counted(session: Session, rows: Select[Any], column: Any) -> list[tuple[Any, int]]:
    """Return how many rows have each value of a column, the commonest first."""
    kept = rows.with_only_columns(column.label("value")).subquery()
    count = func.count()
    query = select(kept.c.value, count).group_by(kept.c.value)
    found = [(value, number) for value, number in session.execute(query)]
    return sorted(found, key=lambda pair: (-pair[1], str(pair[0])))
