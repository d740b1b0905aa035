"""Finding documents: the index proposes, the database decides what a person may see."""

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from meetings.documents.queries import page_text
from meetings.installation import Installation
from meetings.models import Document, DocumentType, DocumentVersion, Page
from meetings.policy import Asker, readable_documents
from search_index import Hit, Query, SearchIndexError, fold, parse, snippet
from storage import StorageError

PER_PAGE = 10
MOST = 10_000

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Filters:
    """What narrows the results down."""

    doc_type: DocumentType | None = None
    year: int | None = None

    def keeps(self, document: Document) -> bool:
        """Tell whether a document passes."""
        same_type = self.doc_type in (None, document.doc_type)
        year = document.issued_on.year if document.issued_on else None
        return same_type and self.year in (None, year)


@dataclass(frozen=True)
class Found:
    """A document with the page to open and the words around the hit."""

    document: Document
    page: int = 1
    snippet: list[tuple[str, bool]] = field(default_factory=list)


@dataclass(frozen=True)
class Answer:
    """One page of results, their number, and what they can be narrowed down by."""

    found: list[Found]
    total: int
    types: list[tuple[DocumentType, int]]
    years: list[tuple[int, int]]
    page: int
    pages: int
    degraded: bool = False


def search(
    session: Session,
    installation: Installation,
    text: str,
    filters: Filters,
    *,
    by: Asker,
    page: int,
) -> Answer:
    """Return a page of the documents that a person may read and that match.

    Past the last page there is the last one: whoever kept the address had more results then.
    """
    query = parse(text)
    documents = {str(d.id): d for d in session.scalars(readable_documents(by))}
    hits, degraded = _hits(installation, query, text, documents)
    matching = [(documents[hit.document], hit) for hit in hits if hit.document in documents]
    kept = [(document, hit) for document, hit in matching if filters.keeps(document)]
    pages = max(-(-len(kept) // PER_PAGE), 1)
    page = min(page, pages)
    shown = kept[(page - 1) * PER_PAGE : page * PER_PAGE]
    texts = _texts(session, installation, [hit for _, hit in shown]) if query else {}
    found = [
        Found(document, hit.page, snippet(texts.get(hit.document, ""), query) if query else [])
        for document, hit in shown
    ]
    every = [document for document, _ in matching]
    return Answer(found, len(kept), _types(every), _years(every), page, pages, degraded)


def _hits(
    installation: Installation, query: Query, text: str, documents: dict[str, Document]
) -> tuple[Sequence[Hit], bool]:
    """Return the hits, best first, and whether the index was of no help."""
    if not query:
        newest = sorted(documents.values(), key=lambda d: (str(d.issued_on or ""), d.id.int))
        return [_plain(document) for document in reversed(newest)], False
    try:
        return installation.index.search(query, allowed=documents.keys(), limit=MOST).hits, False
    except SearchIndexError as error:
        logger.warning("index of no help: %s", type(error).__name__)
    words = fold(text).split()
    described = {d: fold(f"{row.symbol} {row.title}") for d, row in documents.items()}
    named = [d for d, words_of in described.items() if all(word in words_of for word in words)]
    return [_plain(documents[d]) for d in named], True


def _plain(document: Document) -> Hit:
    return Hit(document=str(document.id), version="", page=1, score=0.0)


def _texts(session: Session, installation: Installation, hits: Sequence[Hit]) -> dict[str, str]:
    if not hits:
        return {}
    wanted = [
        and_(DocumentVersion.document_id == UUID(hit.document), Page.number == hit.page)
        for hit in hits
    ]
    query: Select[Page] = (
        select(Page).join(Page.version).where(DocumentVersion.superseded_at.is_(None), or_(*wanted))
    )
    pages = session.scalars(query)
    return {str(page.version.document_id): _text(installation, page) for page in pages}


def _text(installation: Installation, page: Page) -> str:
    """Return the text of a page; a damaged file costs its snippet, not the whole search."""
    try:
        return page_text(installation, page)
    except StorageError as error:
        logger.warning("no snippet: page=%s problem=%s", page.id, type(error).__name__)
        return ""


def _types(documents: Sequence[Document]) -> list[tuple[DocumentType, int]]:
    return Counter(document.doc_type for document in documents).most_common()


def _years(documents: Sequence[Document]) -> list[tuple[int, int]]:
    years = Counter(document.issued_on.year for document in documents if document.issued_on)
    return sorted(years.items(), reverse=True)
