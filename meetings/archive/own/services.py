"""Keeping searches, so that their person is told of new hits."""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from meetings import clock
from meetings.archive.own.queries import dropped_by, mark, searches_of
from meetings.models import SavedSearch
from meetings.policy import Asker

MOST = 20
"""Searches that a person may keep; each is asked anew whenever its page is opened."""
MARKED = 2000
"""Hits of a search that are known one by one; of more only the number is."""


class TooManyError(Exception):
    """A person keeps as many searches as they may."""


def keep(
    session: Session, words: str, chosen: Mapping[str, str], *, name: str, by: Asker
) -> SavedSearch:
    """Keep a search under a name, also one that was kept or dropped before; raise TooManyError."""
    known = searches_of(session, by=by)
    before = [*known, *dropped_by(session, by=by)]
    search = next((one for one in before if (one.words, one.chosen) == (words, chosen)), None)
    if search is None or search.dropped_at:
        _leave_room(known)
    if search is None:
        search = SavedSearch(user_id=by.id, words=words, chosen=dict(chosen))
        session.add(search)
    search.name, search.dropped_at = name, None
    session.flush()
    return search


def look(search: SavedSearch, total: int, names: Sequence[str]) -> None:
    """Let the hits that a search has now count as seen."""
    search.seen = total
    marks = sorted(mark(name) for name in names)
    search.known = b"".join(one.to_bytes(4) for one in marks) if total <= MARKED else None


def drop(session: Session, search: SavedSearch, *, by: Asker) -> None:
    """Drop a search, which can be brought back until the next one is dropped."""
    for earlier in dropped_by(session, by=by):
        if earlier is not search:
            session.delete(earlier)
    search.dropped_at = clock.now()


def bring_back(session: Session, search: SavedSearch, *, by: Asker) -> None:
    """Keep a search again that was dropped; raise TooManyError."""
    if search.dropped_at:
        _leave_room(searches_of(session, by=by))
    search.dropped_at = None


def _leave_room(known: Sequence[SavedSearch]) -> None:
    if len(known) >= MOST:
        raise TooManyError
