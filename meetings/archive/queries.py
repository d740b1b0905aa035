"""Finding documents: the index proposes, the database decides what a person may see."""

import logging
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, reduce
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from meetings import paging
from meetings.documents.queries import abbreviations_in_use, page_text
from meetings.documents.relations.queries import BINDING, standings_of
from meetings.installation import Installation
from meetings.models import Document, DocumentType, DocumentVersion, Page
from meetings.policy import Asker, readable_documents
from search_index import (
    Field,
    Filter,
    Hit,
    Query,
    SearchIndex,
    SearchIndexError,
    fits,
    fold,
    parse,
    snippet,
    without,
)
from storage import StorageError

PER_PAGE = 10
MOST = 10_000

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Filters:
    """What narrows the results down."""

    doc_type: DocumentType | None = None
    year: int | None = None

    def keeps(self, entry: "Entry") -> bool:
        """Tell whether a document passes."""
        same_type = self.doc_type in (None, entry.doc_type)
        return same_type and self.year in (None, _year(entry.issued_on))


class Entry(NamedTuple):
    """What is asked of every document that a person may read, before ten of them are shown."""

    id: UUID
    doc_type: DocumentType
    issued_on: date | None
    issuer: str = ""
    signer: str = ""
    validity: str = ""
    """Whether it holds; nothing for what only is, as a report, or where nobody asked."""


@dataclass(frozen=True)
class Found:
    """A document with the page to open and the words around the hit."""

    document: Document
    page: int = 1
    snippet: list[tuple[str, bool]] = field(default_factory=list)
    score: float = 0.0


def line_of(found: Found) -> dict[str, Any]:
    """Return what was found as JSON's own types."""
    return {
        "id": str(found.document.id),
        "title": found.document.title,
        "number": found.document.symbol,
        "page": found.page,
        "snippet": " ".join("".join(piece for piece, _ in found.snippet).split()),
        "score": round(found.score, 4),
    }


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
    nearest: bool = False
    suggestion: str | None = None
    asked: tuple[Filter, ...] = ()


def search(
    session: Session,
    installation: Installation,
    text: str,
    filters: Filters,
    *,
    by: Asker,
    page: int,
    unfinished: bool = False,
    per_page: int = PER_PAGE,
) -> Answer:
    """Return a page of the documents that a person may read and that match."""
    query = parse(text, abbreviations_in_use(session), unfinished=unfinished)
    readable = readable_documents(by)
    entries = {str(entry.id): entry for entry in _entries(session, readable, query.filters, by)}
    proposed = _proposals(session, installation, query, text, entries, by)
    matching = [(entries[hit.document], hit) for hit in proposed.hits if hit.document in entries]
    kept = [hit for entry, hit in matching if filters.keeps(entry)]
    leaf = paging.leaf(kept, page, per_page)
    every = [entry for entry, _ in matching]
    return Answer(
        _found(session, installation, readable, leaf.rows, query),
        leaf.total,
        _types(every),
        _years(every),
        leaf.page,
        leaf.pages,
        degraded=proposed.degraded,
        nearest=proposed.nearest,
        suggestion=proposed.suggestion,
        asked=query.filters,
    )


def _found(
    session: Session,
    installation: Installation,
    readable: Select[Document],
    shown: Sequence[Hit],
    query: Query,
) -> list[Found]:
    """Return what is shown of the hits; each is asked of the database once more."""
    texts = _texts(session, installation, shown) if query else {}
    wanted = readable.where(Document.id.in_([UUID(hit.document) for hit in shown]))
    documents = {str(document.id): document for document in session.scalars(wanted)}
    return [
        Found(
            documents[hit.document],
            hit.page,
            _excerpt(texts.get(hit.document, ""), query),
            hit.score,
        )
        for hit in shown
    ]


def _entries(
    session: Session, readable: Select[Document], asked: Sequence[Filter], by: Asker
) -> Iterator[Entry]:
    """Yield what is known of the documents that pass the filters which were typed."""
    hold = _validities(session, readable, by) if Field.VALIDITY in {f.field for f in asked} else {}
    columns = readable.with_only_columns(
        Document.id, Document.doc_type, Document.issued_on, Document.issuer, Document.signer
    )
    for row in session.execute(columns):
        entry = Entry(*row, hold.get(row.id, ""))
        if all(passes(each, entry) for each in asked):
            yield entry


def _validities(session: Session, readable: Select[Document], by: Asker) -> Mapping[UUID, str]:
    binding = session.scalars(readable.where(Document.doc_type.in_(BINDING)))
    standings = standings_of(session, binding, by=by)
    return {identity: standing.validity.value for identity, standing in standings.items()}


def passes(asked: Filter, entry: Entry) -> bool:
    """Tell whether a document has what was asked of one of its fields."""
    match asked.field:
        case Field.KIND:
            kept = entry.doc_type.value == asked.value
        case Field.ISSUED:
            day = entry.issued_on
            kept = day is not None and asked.days.first <= _number(day) <= asked.days.last
        case Field.ISSUER:
            kept = _fits(asked.value, entry.issuer)
        case Field.SIGNER:
            kept = _fits(asked.value, entry.signer)
        case Field.VALIDITY:
            kept = entry.validity == asked.value
        case _:  # a number is found by the index
            return True
    return kept is not asked.refused


@lru_cache(maxsize=4096)
def _fits(value: str, said: str) -> bool:
    return fits(value, [said])


def _number(day: date) -> int:
    return int(f"{day:%Y%m%d}")


@dataclass(frozen=True)
class _Proposed:
    """The hits, best first, and what is to be said of them."""

    hits: Sequence[Hit]
    degraded: bool = False
    nearest: bool = False
    suggestion: str | None = None


def _proposals(
    session: Session,
    installation: Installation,
    query: Query,
    text: str,
    entries: Mapping[str, Entry],
    by: Asker,
) -> _Proposed:
    """Return what the index proposes among the entries; titles and numbers where it is damaged."""
    if not query:
        newest = sorted(entries.values(), key=lambda e: (str(e.issued_on or ""), e.id.int))
        return _Proposed([_plain(entry.id) for entry in reversed(newest)])
    allowed = entries.keys()
    try:
        index = installation.index
        results = index.search(query, allowed=allowed, limit=MOST, nearest=True)
        exact = results.hits and not results.nearest
        suggestion = None if exact else _suggestion(index, query, text, allowed)
    except SearchIndexError as error:
        logger.warning("index of no help: %s", type(error).__name__)
        return _Proposed(_described(session, text, by), degraded=True)
    return _Proposed(results.hits, nearest=results.nearest, suggestion=suggestion)


def _suggestion(
    index: SearchIndex, query: Query, text: str, allowed: Collection[str]
) -> str | None:
    """Return the text with its words put right; what was asked of fields stays."""
    bare = reduce(without, query.filters, text)
    meant = index.suggestion(bare, allowed=allowed)
    return " ".join([meant, *(each.source for each in query.filters)]) if meant else None


def _described(session: Session, text: str, by: Asker) -> Sequence[Hit]:
    """Return the documents whose number or title has all words, without help of the index."""
    words = fold(text).split()
    columns = (Document.id, Document.symbol, Document.title)
    rows = session.execute(readable_documents(by).with_only_columns(*columns))
    described = {identity: fold(f"{symbol} {title}") for identity, symbol, title in rows}
    return [_plain(one) for one, said in described.items() if all(word in said for word in words)]


def _plain(document: UUID) -> Hit:
    return Hit(document=str(document), version="", page=1, score=0.0)


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


def _excerpt(text: str, query: Query) -> list[tuple[str, bool]]:
    """Return the words around a hit, with dots where the text goes on."""
    if not query or not text:
        return []
    pieces = snippet(text, query)
    shown = "".join(piece for piece, _ in pieces).strip()
    before = [] if text.lstrip().startswith(shown) else [("… ", False)]
    after = [] if text.rstrip().endswith(shown) else [(" …", False)]
    return [*before, *pieces, *after]


def _year(day: date | None) -> int | None:
    return day.year if day else None


def _types(entries: Sequence[Entry]) -> list[tuple[DocumentType, int]]:
    return Counter(entry.doc_type for entry in entries).most_common()


def _years(entries: Sequence[Entry]) -> list[tuple[int, int]]:
    years = Counter(year for entry in entries if (year := _year(entry.issued_on)))
    return sorted(years.items(), reverse=True)
