"""Note words that found nothing, so that nobody can tell who typed them (docs/adr/0009)."""

import hashlib

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from meetings import clock
from meetings.archive.fruitless.queries import KEPT
from meetings.models import FruitlessSearch
from meetings.policy import Asker
from search_index import fold, tokens

PEOPLE = 3
"""So many different people type words before anybody may read them."""
BITS = 16
LONGEST = 8
"""Words; what is longer was pasted, and nobody else will type the same."""
MOST = 5000


def note(session: Session, text: str, *, by: Asker) -> None:
    """Count words that found nothing; they become readable with the third person."""
    words = " ".join(fold(token.text) for token in tokens(text))
    if not words or words.count(" ") >= LONGEST:
        return
    digest = hashlib.sha256(words.encode()).hexdigest()
    row = session.get(FruitlessSearch, digest, with_for_update=True)
    if row is None:
        if session.scalar(select(func.count()).select_from(FruitlessSearch)) == MOST:
            return
        row = FruitlessSearch(digest=digest, words="", crowd=0, count=0, since=clock.today())
        session.add(row)
    row.count += 1
    row.crowd |= 1 << _bit(digest, by)
    if row.crowd.bit_count() >= PEOPLE:
        row.words = words


def forget(session: Session) -> None:
    """Remove what was first looked for too long ago."""
    old = FruitlessSearch.since <= clock.today() - KEPT
    session.execute(delete(FruitlessSearch).where(old))


def _bit(digest: str, by: Asker) -> int:
    """Return which bit is a person's for these words; every sixteenth person has the same."""
    return hashlib.sha256(f"{digest}:{by.id}".encode()).digest()[0] % BITS
