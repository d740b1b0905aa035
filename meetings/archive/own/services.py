"""Keep a search, note what was seen of it, drop it."""

from sqlalchemy.orm import Session

from meetings.archive.own.queries import searches_of
from meetings.models import DocumentType, SavedSearch
from meetings.policy import Asker

MOST = 20
"""Searches that a person may keep; each is asked anew whenever its page is opened."""


class TooManyError(Exception):
    """A person keeps as many searches as they may."""


def keep(
    session: Session,
    words: str,
    doc_type: DocumentType | None,
    year: int | None,
    *,
    seen: int,
    by: Asker,
) -> SavedSearch:
    """Keep a search with the hits it has now; raise TooManyError."""
    known = searches_of(session, by=by)
    for search in known:
        if (search.words, search.doc_type, search.year) == (words, doc_type, year):
            search.seen = seen
            return search
    if len(known) >= MOST:
        raise TooManyError
    search = SavedSearch(user_id=by.id, words=words, doc_type=doc_type, year=year, seen=seen)
    session.add(search)
    session.flush()
    return search
