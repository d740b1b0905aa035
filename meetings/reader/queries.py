"""What the reader shows: the pages of a document, the place to open, the words and their hits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload

from meetings import jobs
from meetings.documents.facts.queries import versions_of
from meetings.documents.queries import (
    abbreviations_in_use,
    contents_of,
    current_version,
    page_text,
    page_words,
    pages_of,
)
from meetings.installation import Installation
from meetings.intake.contents import number_in
from meetings.models import (
    AgendaItem,
    AgendaPaper,
    Document,
    DocumentVersion,
    Job,
    Page,
    ReadingPosition,
)
from meetings.models.prepared import Prepared, settled
from meetings.policy import Asker, facts, readable_papers
from search_index import matching_words, parse

_PAPER = (
    readable_papers()
    .where(AgendaPaper.id == bindparam("opened", type_=AgendaPaper.id.type))
    .options(joinedload(AgendaPaper.item).joinedload(AgendaItem.meeting))
)
_PLACE = Prepared(
    select(ReadingPosition.page).where(
        ReadingPosition.user_id == bindparam("reader"),
        ReadingPosition.document_id == bindparam("read"),
    )
)


@dataclass(frozen=True)
class Reading:
    """A document opened at a page."""

    version: DocumentVersion | None
    pages: Sequence[Page]
    number: int

    @property
    def page(self) -> Page | None:
        """Return the page in view, if it could be prepared."""
        return next((page for page in self.pages if page.number == self.number), None)

    @property
    def count(self) -> int:
        """Return how many pages the document has."""
        return self.version.page_count if self.version else 0


def open_at(session: Session, document: Document, asked: int | None, *, by: Asker) -> Reading:
    """Open a document at the page asked for, else where the person left it, else at the first."""
    version = current_version(session, document)
    pages = pages_of(session, version) if version else ()
    number = asked or _remembered(session, document, by) or 1
    last = version.page_count if version else 1
    return Reading(version, pages, min(max(number, 1), max(last, 1)))


def has_earlier(session: Session, reading: Reading, *, by: Asker) -> bool:
    """Tell whether somebody may compare the version that they read with one before it."""
    version = reading.version
    if version is None or version.number == 1:
        return False
    return len(versions_of(session, version.document, by=by)) > 1


def asked_page(
    session: Session, installation: Installation, document: Document, given: Mapping[str, str]
) -> int | None:
    """Return the page asked for: by its place, or as it was typed, by what is printed on it."""
    typed, place = given.get("printed", "").strip(), given.get("page", "")
    version = current_version(session, document) if typed else None
    if version:
        return contents_of(installation, version).number_of(typed)
    return number_in(place)


def labels_of(installation: Installation, reading: Reading) -> Sequence[str]:
    """Return what is printed on the pages as their numbers, where that is not their place."""
    return contents_of(installation, reading.version).labels if reading.version else ()


def _remembered(session: Session, document: Document, by: Asker) -> int | None:
    asked = {"reader": by.id, "read": document.id}
    left = _PLACE.one_or_none(settled(session), asked)
    return int(left[0]) if left else None


def words_of(session: Session, installation: Installation, page: Page, text: str) -> dict[str, Any]:
    """Return a page's words with their boxes, and which of them a search found."""
    words = page_words(installation, page)
    query = parse(text, abbreviations_in_use(session))
    hits = matching_words([word["text"] for word in words], query) if query else []
    return {"words": words, "hits": hits}


def text_of(installation: Installation, page: Page) -> str:
    """Return a page's text for those who listen."""
    return page_text(installation, page)


def paper_of(session: Session, given: str, *, by: Asker) -> AgendaPaper | None:
    """Return the agenda paper that a link came from, if the person may see it."""
    try:
        identity = UUID(given)
    except ValueError:
        return None
    return session.scalars(_PAPER, facts(by) | {"opened": identity}).one_or_none()


def preparation_of(session: Session, document: Document) -> Job | None:
    """Return the newest job that prepares a document."""
    return jobs.latest(session, f"prepare:{document.id}")
