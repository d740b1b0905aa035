"""What a question finds among some documents: those of a meeting, those of a body."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select
from sqlalchemy.orm import Session

from meetings import paging
from meetings.documents.queries import (
    abbreviations_in_use,
    current_version,
    page_text,
    pages_of,
)
from meetings.installation import Installation
from meetings.models import AgendaItem, AgendaPaper, Body, Document, Meeting
from meetings.policy import Asker, readable_documents, readable_papers
from search_index import Query, SearchIndexError, parse, snippet
from storage import StorageError

PER_PAGE = 20

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Line:
    """A document, the page on which it answers best, and the words around the hit."""

    document: Document
    page: int = 1
    snippet: Sequence[tuple[str, bool]] = ()


@dataclass(frozen=True)
class Inside:
    """One page of what was found among some documents."""

    found: Sequence[Line] = ()
    total: int = 0
    page: int = 1
    pages: int = 1
    nearest: bool = False
    degraded: bool = False
    fields: bool = False
    """Whether a condition on a field was asked, which only the whole archive answers."""


def papers_of(meeting: Meeting, *, by: Asker) -> Select[Document]:
    """Select the papers of a meeting that a person may read."""
    laid = readable_papers(by).join(AgendaItem, AgendaItem.id == AgendaPaper.item_id)
    laid = laid.where(AgendaItem.meeting_id == meeting.id)
    ids = laid.with_only_columns(AgendaPaper.document_id)
    return readable_documents(by).where(Document.id.in_(ids))


def documents_of(body: Body, *, by: Asker) -> Select[Document]:
    """Select the documents of a body that a person may read."""
    return readable_documents(by).where(Document.body_id == body.id)


def search_inside(
    session: Session, installation: Installation, text: str, among: Select[Document], *, page: int
) -> Inside:
    """Return a page of what is found among documents that a person may read.

    Without words the newest come first. The others are as if they were not there.
    """
    query = parse(text, abbreviations_in_use(session))
    if query.filters:
        return Inside(fields=True)
    if not query:
        rows = session.scalars(among.order_by(Document.issued_on.desc(), Document.id)).all()
        leaf = paging.leaf([Line(row) for row in rows], page, PER_PAGE)
        return Inside(leaf.rows, leaf.total, leaf.page, leaf.pages)
    try:
        return _found(session, installation, query, among, page)
    except SearchIndexError as error:
        logger.warning("index of no help: %s", type(error).__name__)
        return Inside(degraded=True)


def _found(
    session: Session, installation: Installation, query: Query, among: Select[Document], page: int
) -> Inside:
    allowed = set(map(str, session.scalars(among.with_only_columns(Document.id))))
    results = installation.index.search(query, allowed=allowed, limit=len(allowed), nearest=True)
    leaf = paging.leaf(results.hits, page, PER_PAGE)
    wanted = among.where(Document.id.in_([UUID(hit.document) for hit in leaf.rows]))
    rows = {str(row.id): row for row in session.scalars(wanted)}
    hits = [(rows[hit.document], hit.page) for hit in leaf.rows if hit.document in rows]
    found = [Line(*hit, _around(session, installation, *hit, query)) for hit in hits]
    return Inside(found, leaf.total, leaf.page, leaf.pages, nearest=results.nearest)


def _around(
    session: Session, installation: Installation, document: Document, number: int, query: Query
) -> Sequence[tuple[str, bool]]:
    """Return the words around a hit; a damaged page costs them, not the answer."""
    version = current_version(session, document)
    pages = pages_of(session, version) if version else ()
    page = next((one for one in pages if one.number == number), None)
    try:
        return snippet(page_text(installation, page), query) if page else ()
    except StorageError as error:
        logger.warning("no snippet: document=%s problem=%s", document.id, type(error).__name__)
        return ()
