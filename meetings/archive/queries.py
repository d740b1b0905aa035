"""Finding documents: the index proposes, the database decides what a person may see."""

import logging
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache, reduce
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, String, and_, or_, select, type_coerce
from sqlalchemy.orm import Session, contains_eager

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

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Filters:
    """What narrows the results down."""

    doc_type: DocumentType | None = None
    year: int | None = None

    def __bool__(self) -> bool:
        return (self.doc_type, self.year) != (None, None)

    def keeps(self, entry: "Entry") -> bool:
        """Tell whether a document passes."""
        same_type = self.doc_type in (None, entry.doc_type)
        return same_type and self.year in (None, _year(entry.issued_on))


Rows = Mapping[str, Sequence[Any]]
"""By id, a row of id, kind and day of issue (and issuer and signer), as the database keeps them."""


class Entry(NamedTuple):
    """What filters ask of a document."""

    id: str
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
    rows = _rows(session, readable, query.filters, by)
    among = [name for name in rows if filters.keeps(_entry(name, rows[name]))] if filters else None
    asked = _Asked(session, installation, query, text, rows, among, by)
    proposed, number, pages = _page(asked, page, per_page)
    every = [rows[name] for name in proposed.matching]
    return Answer(
        _found(session, installation, readable, proposed.hits, query),
        proposed.shown,
        _types(every),
        _years(every),
        number,
        pages,
        degraded=proposed.degraded,
        nearest=proposed.nearest,
        suggestion=proposed.suggestion,
        asked=query.filters,
    )


def _page(asked: "_Asked", page: int, per_page: int) -> tuple["_Proposed", int, int]:
    """Return a page of proposals, the last one for all later ones, its number and how many."""
    proposed = _proposals(asked, Window(per_page, (page - 1) * per_page))
    number, pages = paging.place(proposed.shown, page, per_page)
    if number != page:
        proposed = _proposals(asked, Window(per_page, (number - 1) * per_page))
    return proposed, number, pages


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


def _rows(session: Session, readable: Select[Document], asked: Sequence[Filter], by: Asker) -> Rows:
    """Return what is known of the documents that pass the filters which were typed, by their ids.

    It is asked at every letter that somebody types, so it stays as the database has it.
    """
    fields = {each.field for each in asked}
    hold = _validities(session, readable, by) if Field.VALIDITY in fields else {}
    kept = (Document.id, Document.doc_type, Document.issued_on)
    more = (Document.issuer, Document.signer) if asked else ()
    columns = [*(type_coerce(column, String()) for column in kept), *more]
    found = session.connection().execute(readable.with_only_columns(*columns)).all()
    rows: Rows = dict(zip(map(_name, (row[0] for row in found)), found, strict=True))
    if not asked:
        return rows

    def is_kept(name: str) -> bool:
        entry = _entry(name, rows[name], hold.get(UUID(name), ""))
        return all(passes(each, entry) for each in asked)

    return {name: rows[name] for name in rows if is_kept(name)}


_KINDS = {kind.value: kind for kind in DocumentType}


@lru_cache(maxsize=1 << 17)
def _name(identity: str | UUID) -> str:
    """Return an id, which one database gives as text and another not, as the index has it."""
    return str(UUID(identity) if isinstance(identity, str) else identity)


@lru_cache(maxsize=1 << 15)
def _day(said: str | date | None) -> date | None:
    return date.fromisoformat(said) if isinstance(said, str) else said


def _entry(name: str, row: Sequence[Any], validity: str = "") -> Entry:
    _, kind, day, *said = row
    return Entry(name, _KINDS[kind], _day(day), *said)._replace(validity=validity)


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
class _Asked:
    """A question, what may answer it, and which of the answers are to be listed."""

    session: Session
    installation: Installation
    query: Query
    text: str
    rows: Rows
    among: Collection[str] | None
    by: Asker


class Window(NamedTuple):
    """The part of a list that is looked at."""

    limit: int
    offset: int


@dataclass(frozen=True)
class _Proposed:
    """A page of hits, best first, how many are listed, all that match, and what is to be said."""

    hits: Sequence[Hit]
    shown: int
    matching: Collection[str]
    degraded: bool = False
    nearest: bool = False
    suggestion: str | None = None


def _proposals(asked: _Asked, window: Window) -> _Proposed:
    """Return what the index proposes among the entries; titles and numbers where it is damaged."""
    allowed = asked.rows.keys()
    if not asked.query:
        newest = sorted(asked.rows, key=lambda name: (_sort(asked.rows[name]), name), reverse=True)
        return _listed(newest, asked.among, window)
    try:
        index = asked.installation.index
        limit, offset = window
        results = index.search(
            asked.query,
            allowed=allowed,
            limit=limit,
            offset=offset,
            among=asked.among,
            nearest=True,
        )
        exact = results.total and not results.nearest
        suggestion = None if exact else _suggestion(index, asked.query, asked.text, allowed)
    except SearchIndexError as error:
        logger.warning("index of no help: %s", type(error).__name__)
        described = [one for one in _described(asked) if one in asked.rows]
        return replace(_listed(described, asked.among, window), degraded=True)
    nearest = results.nearest
    return _Proposed(
        results.hits, results.shown, results.matching, nearest=nearest, suggestion=suggestion
    )


def _sort(row: Sequence[Any]) -> str:
    return str(row[2] or "")


def _listed(order: Sequence[str], among: Collection[str] | None, window: Window) -> _Proposed:
    """Return a page of documents that are in order without the index."""
    wanted = None if among is None else set(among)
    listed = [one for one in order if wanted is None or one in wanted]
    shown = listed[window.offset : window.offset + window.limit]
    return _Proposed([_plain(one) for one in shown], len(listed), order)


def _suggestion(
    index: SearchIndex, query: Query, text: str, allowed: Collection[str]
) -> str | None:
    """Return the text with its words put right; what was asked of fields stays."""
    bare = reduce(without, query.filters, text)
    meant = index.suggestion(bare, allowed=allowed)
    return " ".join([meant, *(each.source for each in query.filters)]) if meant else None


def _described(asked: _Asked) -> Sequence[str]:
    """Return the documents whose number or title has all words, without help of the index."""
    words = fold(asked.text).split()
    columns = (Document.id, Document.symbol, Document.title)
    rows = asked.session.execute(readable_documents(asked.by).with_only_columns(*columns))
    described = {str(identity): fold(f"{symbol} {title}") for identity, symbol, title in rows}
    return [one for one, said in described.items() if all(word in said for word in words)]


def _plain(document: str) -> Hit:
    return Hit(document=document, version="", page=1, score=0.0)


def _texts(session: Session, installation: Installation, hits: Sequence[Hit]) -> dict[str, str]:
    if not hits:
        return {}
    wanted = [
        and_(DocumentVersion.document_id == UUID(hit.document), Page.number == hit.page)
        for hit in hits
    ]
    query: Select[Page] = (
        select(Page)
        .join(Page.version)
        .options(contains_eager(Page.version).joinedload(DocumentVersion.compartment))
        .where(DocumentVersion.superseded_at.is_(None), or_(*wanted))
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


def _types(rows: Iterable[Sequence[Any]]) -> list[tuple[DocumentType, int]]:
    counted = Counter(row[1] for row in rows)
    order = sorted(counted, key=lambda kind: (-counted[kind], kind))
    return [(_KINDS[kind], counted[kind]) for kind in order]


def _years(rows: Iterable[Sequence[Any]]) -> list[tuple[int, int]]:
    years: Counter[int] = Counter()
    for said, count in Counter(row[2] for row in rows).items():
        year = _year(_day(said))
        if year:
            years[year] += count
    return sorted(years.items(), reverse=True)
