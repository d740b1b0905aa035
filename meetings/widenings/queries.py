"""What waits for a second person."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from meetings import policy
from meetings.models import Widening
from meetings.policy import Asker


def waiting(session: Session, *, by: Asker) -> Sequence[Widening]:
    """Return what waits in the office of a person, longest first."""
    return session.scalars(
        policy.readable_widenings(by).order_by(Widening.created_at, Widening.id)
    ).all()


def places_waiting(widenings: Sequence[Widening]) -> frozenset[UUID]:
    """Return the documents, papers and items about which something waits."""
    return frozenset(widening.place.id for widening in widenings)
