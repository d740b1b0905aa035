"""What else there is about the matter of a document, as far as a person may read it."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from sqlalchemy.orm import Session

from meetings.archive.kept.queries import readable_now
from meetings.documents.issuing.queries import became, drafts_of
from meetings.documents.queries import current_version, page_text, pages_of
from meetings.installation import Installation
from meetings.models import Document
from meetings.policy import Asker, readable_documents
from search_index import Gist, Hit, SearchIndexError, gist
from storage import StorageError

SHOWN = 12
READ = 60
"""Pages of a document from which it is learned what it is about."""
ENOUGH = 0.12
"""What is worth less than this share of the document's own worth has but a few words of it."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Likeness:
    """A document, the page on which it is most alike, and how far: 1 is the document itself."""

    document: Document
    page: int
    share: float


@dataclass(frozen=True)
class Alike:
    """What a document is about and what else is, the most alike first."""

    words: Sequence[str] = ()
    found: Sequence[Likeness] = ()
    degraded: bool = False


def alike(session: Session, installation: Installation, document: Document, *, by: Asker) -> Alike:
    """Return the documents about the same that a person may read.

    The words come from the document itself and public text, the scores from each page and public
    text: what the person may not read changes neither what is shown nor its order.
    """
    about = gist(document.title, _texts(session, installation, document), symbol=document.symbol)
    if not about.query:
        return Alike()
    try:
        found = _found(session, installation, document, about, by)
    except SearchIndexError as error:
        logger.warning("index of no help: %s", type(error).__name__)
        return Alike(about.words, degraded=True)
    return Alike(about.words, found)


def _texts(session: Session, installation: Installation, document: Document) -> Iterator[str]:
    """Yield the text of the first pages; a damaged one is left out."""
    version = current_version(session, document)
    for page in pages_of(session, version)[:READ] if version else ():
        try:
            yield page_text(installation, page)
        except StorageError as error:
            logger.warning("page not read: page=%s problem=%s", page.id, type(error).__name__)


def _found(
    session: Session, installation: Installation, document: Document, about: Gist, by: Asker
) -> list[Likeness]:
    known, index = readable_now(session, installation.database, by), installation.index
    own = known.among([document.id])
    others = known.mask & ~own & ~known.among(_versions_of(session, document, by))
    in_index = known.shelf.in_index
    allowed = partial(in_index, known.mask)
    itself = index.search(about.query, allowed=allowed, limit=1, among=partial(in_index, own))
    whole = itself.hits[0].score if itself.hits else 0.0
    hits = index.search(
        about.query, allowed=allowed, limit=SHOWN, among=partial(in_index, others)
    ).hits
    near = [hit for hit in hits if whole and hit.score >= ENOUGH * whole]
    wanted = readable_documents(by).where(Document.id.in_([UUID(hit.document) for hit in near]))
    rows = {str(row.id): row for row in session.scalars(wanted)}
    return [_likeness(rows[hit.document], hit, whole) for hit in near if hit.document in rows]


def _likeness(document: Document, hit: Hit, whole: float) -> Likeness:
    return Likeness(document, hit.page, min(hit.score / whole, 1.0))


def _versions_of(session: Session, document: Document, by: Asker) -> set[UUID]:
    """Return its drafts and what it became, which its own page names: alike they are anyway."""
    issued = became(session, [document.id], by=by).get(document.id)
    others = [*drafts_of(session, document, by=by), *([issued] if issued else [])]
    return {other.id for other in others}
