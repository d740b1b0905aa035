"""Finding documents: the index proposes, the database decides what a person may see."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, partial, reduce
from typing import Any, NamedTuple
from uuid import UUID

import numpy as np
from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session, contains_eager, load_only

from meetings import paging
from meetings.archive.kept.facets import Facets, Filters, Offer
from meetings.archive.kept.narrowing import VALIDITIES, having
from meetings.archive.kept.ordering import Sort, first, worths
from meetings.archive.kept.queries import Readable, facets_now, readable_now, validities_now
from meetings.archive.kept.shelf import Mask, Rows, name_of
from meetings.documents.queries import abbreviations_in_use, page_text
from meetings.documents.relations.queries import Validity
from meetings.installation import Installation
from meetings.models import Document, DocumentVersion, Page
from meetings.policy import Asker, facts, readable_documents
from search_index import (
    Filter,
    Hit,
    Order,
    Query,
    SearchIndex,
    SearchIndexError,
    fold,
    parse,
    snippet,
    without,
)
from storage import StorageError

PER_PAGE = 10

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Found:
    """A document with the page to open and the words around the hit."""

    document: Document
    page: int = 1
    snippet: list[tuple[str, bool]] = field(default_factory=list)
    score: float = 0.0
    validity: Validity | None = None
    """Whether it holds, nothing for what only is."""


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
    offers: Sequence[Offer]
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
    among: Select[Document] | None = None,
) -> Answer:
    """Return a page of the documents that a person may read and that match, perhaps of some only.

    All others are as if they were not there.
    """
    query = parse(text, abbreviations_in_use(session), unfinished=unfinished)
    known = readable_now(session, installation.database, by)
    readable = _left(session, installation, query, known, by, among)
    asked = _Asked(session, installation, query, text, known, readable, filters, by)
    proposed, number, pages = _page(asked, page, per_page)
    return Answer(
        _found(asked, proposed.hits),
        proposed.shown,
        asked.facets.offers(filters.chosen, proposed.matching, filters.whole),
        number,
        pages,
        degraded=proposed.degraded,
        nearest=proposed.nearest,
        suggestion=proposed.suggestion,
        asked=query.filters,
    )


@dataclass(frozen=True)
class Hits:
    """How many documents a search finds, and the names of the newest."""

    total: int
    newest: Sequence[str]


def hits_of(
    session: Session,
    installation: Installation,
    text: str,
    filters: Filters,
    *,
    by: Asker,
    most: int,
) -> Hits | None:
    """Return what a search finds with all its words, nothing while the index is of no help."""
    query = parse(text, abbreviations_in_use(session))
    known = readable_now(session, installation.database, by)
    readable = _left(session, installation, query, known, by, None)
    asked = _Asked(session, installation, query, text, known, readable, filters, by)
    proposed = _proposals(asked, Window(1, 0))
    if proposed.degraded:
        return None
    rows = proposed.matching[:0] if proposed.nearest else proposed.matching
    rows = rows if asked.among is None else rows[asked.among[rows]]
    names = readable.shelf.names.texts
    newest = first(readable.shelf, rows, Sort.NEWEST, most).tolist()
    return Hits(len(rows), [names[row] for row in newest])


def _page(asked: "_Asked", page: int, per_page: int) -> tuple["_Proposed", int, int]:
    """Return a page of proposals, the last one for all later ones, its number and how many."""
    proposed = _proposals(asked, Window(per_page, (page - 1) * per_page))
    number, pages = paging.place(proposed.shown, page, per_page)
    if number != page:
        proposed = _proposals(asked, Window(per_page, (number - 1) * per_page))
    return proposed, number, pages


def _left(
    session: Session,
    installation: Installation,
    query: Query,
    known: Readable,
    by: Asker,
    among: Select[Document] | None,
) -> Readable:
    """Return what is left of all that a person may read: what has what was typed of fields."""
    database, mask = installation.database, known.mask
    if among is not None:
        mask = known.among(session.scalars(among.with_only_columns(Document.id)))
    for each in query.filters:
        mask = mask & having(
            known.shelf, each, lambda: validities_now(session, database, known, by)
        )
    return replace(known, mask=mask)


def _found(asked: "_Asked", shown: Sequence[Hit]) -> list[Found]:
    """Return what is shown of the hits; each is asked of the database once more."""
    texts = _texts(asked.session, asked.installation, shown) if asked.query else {}
    given = facts(asked.by) | {"shown": [UUID(hit.document) for hit in shown]}
    documents = {str(one.id): one for one in asked.session.scalars(_shown(), given)}
    rows = asked.known.shelf.names.rows(name_of(hit.document) for hit in shown)
    codes = asked.facets.validities()[rows].tolist()
    return [
        Found(
            documents[hit.document],
            hit.page,
            _excerpt(texts.get(hit.document, ""), asked.query),
            hit.score,
            VALIDITIES[code] if code >= 0 else None,
        )
        for hit, code in zip(shown, codes, strict=True)
        if hit.document in documents
    ]


@cache
def _shown() -> Select[Document]:
    """Return the question for some documents that a person may read, made once for all answers."""
    return readable_documents().where(Document.id.in_(bindparam("shown", expanding=True)))


@dataclass(frozen=True)
class _Asked:
    """A question, and what may answer it."""

    session: Session
    installation: Installation
    query: Query
    text: str
    known: Readable
    """All that the person may read: also what acts on an answer without being one."""
    readable: Readable
    filters: Filters
    by: Asker

    @cached_property
    def among(self) -> Mask | None:
        """Return which of the answers are to be listed; nothing for all."""
        chosen = self.filters.chosen
        return self.readable.mask & self.facets.narrowed(chosen) if chosen else None

    @cached_property
    def facets(self) -> Facets:
        """Return what the answers can be narrowed down by."""
        return facets_now(self.session, self.installation.database, self.known, self.by)

    @property
    def order(self) -> Order | None:
        """Return what stands first among the documents of an index; nothing for the best."""
        sort, shelf = self.filters.sort, self.readable.shelf
        if sort is Sort.RELEVANCE:
            return None

        def order(documents: Sequence[str]) -> Rows:
            rows = shelf.names.beside(documents)
            worth = worths(shelf, sort)
            inside = (rows >= 0) & (rows < len(worth))
            return np.where(inside, worth[np.where(inside, rows, 0)], 0)

        return order


class Window(NamedTuple):
    """The part of a list that is looked at."""

    limit: int
    offset: int


@dataclass(frozen=True)
class _Proposed:
    """A page of hits, best first, how many are listed, all that match, and what is to be said."""

    hits: Sequence[Hit]
    shown: int
    matching: Rows
    degraded: bool = False
    nearest: bool = False
    suggestion: str | None = None


def _proposals(asked: _Asked, window: Window) -> _Proposed:
    """Return what the index proposes among the entries; titles and numbers where it is damaged."""
    if not asked.query:
        return _listed(asked, np.flatnonzero(asked.readable.mask), window)
    in_index = asked.readable.shelf.in_index
    allowed = partial(in_index, asked.readable.mask)
    among = None if asked.among is None else partial(in_index, asked.among)
    limit, offset = window
    try:
        index = asked.installation.index
        results = index.search(
            asked.query,
            allowed=allowed,
            limit=limit,
            offset=offset,
            among=among,
            nearest=True,
            order=asked.order,
        )
        exact = results.total and not results.nearest
        suggestion = None if exact else _suggestion(index, asked.query, asked.text, allowed)
    except SearchIndexError as error:
        logger.warning("index of no help: %s", type(error).__name__)
        return replace(_listed(asked, _described(asked), window), degraded=True)
    matching = results.matching
    return _Proposed(
        results.hits,
        results.shown,
        asked.readable.shelf.names.beside(matching.documents)[matching.places],
        nearest=results.nearest,
        suggestion=suggestion,
    )


def _listed(asked: _Asked, rows: Rows, window: Window) -> _Proposed:
    """Return a page of documents without the index, the newest first."""
    listed = rows if asked.among is None else rows[asked.among[rows]]
    shelf, end = asked.readable.shelf, window.offset + window.limit
    shown = first(shelf, listed, asked.filters.sort, end)[window.offset :]
    hits = [_plain(str(UUID(shelf.names.texts[row]))) for row in shown.tolist()]
    return _Proposed(hits, len(listed), rows)


def _suggestion(
    index: SearchIndex, query: Query, text: str, allowed: Callable[[Sequence[str]], Mask]
) -> str | None:
    """Return the text with its words put right; what was asked of fields stays."""
    bare = reduce(without, query.filters, text)
    meant = index.suggestion(bare, allowed=allowed)
    return " ".join([meant, *(each.source for each in query.filters)]) if meant else None


def _described(asked: _Asked) -> Rows:
    """Return the documents whose number or title has all words, without help of the index."""
    words = fold(asked.text).split()
    columns = (Document.id, Document.symbol, Document.title)
    rows = asked.session.execute(readable_documents(asked.by).with_only_columns(*columns))
    described = ((name_of(one), fold(f"{symbol} {title}")) for one, symbol, title in rows)
    shelf, mask = asked.readable.shelf, asked.readable.mask
    found = shelf.names.known(
        name for name, said in described if all(word in said for word in words)
    )
    found = found[found < len(mask)]
    return found[mask[found]]


def _plain(document: str) -> Hit:
    return Hit(document=document, version="", page=1, score=0.0)


def _texts(session: Session, installation: Installation, hits: Sequence[Hit]) -> dict[str, str]:
    if not hits:
        return {}
    pages = {hit.document: hit.page for hit in hits}
    given = {"documents": list(map(UUID, pages)), "numbers": list(set(pages.values()))}
    found = ((str(page.version.document_id), page) for page in session.scalars(_pages(), given))
    return {
        document: _text(installation, page)
        for document, page in found
        if page.number == pages[document]
    }


@cache
def _pages() -> Select[Page]:
    """Return the question for pages of documents with what their texts are unlocked by."""
    version, locks = DocumentVersion, (DocumentVersion.document_id, DocumentVersion.storage_key)
    return (
        select(Page)
        .join(Page.version)
        .options(
            load_only(Page.number, Page.text),
            contains_eager(Page.version).load_only(*locks).joinedload(version.compartment),
        )
        .where(
            version.superseded_at.is_(None),
            version.document_id.in_(bindparam("documents", expanding=True)),
            Page.number.in_(bindparam("numbers", expanding=True)),
        )
    )


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
