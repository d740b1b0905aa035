"""The ratings of a body for one time are recorded together, or none of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from meetings.members.records import services as records
from meetings.members.records.services import Draft
from meetings.models import EventKind, Member
from meetings.policy import Asker


@dataclass(frozen=True)
class Given:
    """A rating that a member is given; points may be missing."""

    member: Member
    rating: str
    points: int | None


def rate(
    session: Session, key: bytes, given: Iterable[Given], *, period: str, on: date, by: Asker
) -> int:
    """Record ratings for one time; return how many. Raise Impossible and record none."""
    count = 0
    for one in given:
        points = "" if one.points is None else str(one.points)
        facts = {"period": period, "rating": one.rating, "points": points}
        draft = Draft(EventKind.RATED, on, facts=facts)
        records.record(session, key, one.member, draft, by=by)
        count += 1
    return count
