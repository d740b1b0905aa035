"""The words that found nothing, as far as enough people typed them."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from meetings import clock
from meetings.models import FruitlessSearch

KEPT = timedelta(days=90)
SHOWN = 30


def not_found(session: Session) -> Sequence[tuple[str, int]]:
    """Return words with how often they found nothing lately, the most frequent first."""
    rows = session.execute(
        select(FruitlessSearch.words, FruitlessSearch.count)
        .where(FruitlessSearch.words != "", FruitlessSearch.since > clock.today() - KEPT)
        .order_by(FruitlessSearch.count.desc(), FruitlessSearch.words)
        .limit(SHOWN)
    )
    return [(words, count) for words, count in rows]
