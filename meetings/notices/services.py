"""A person's mark moves on as they look."""

from datetime import datetime

from sqlalchemy.orm import Session

from meetings import clock
from meetings.models import NoticeMark
from meetings.policy import Asker


def mark_seen(session: Session, until: datetime, *, by: Asker) -> None:
    """Note that a person saw everything until a moment; the mark never moves back."""
    moment = min(until, clock.now())
    mark = session.get(NoticeMark, by.id)
    if mark is None:
        session.add(NoticeMark(user_id=by.id, seen_at=moment))
    else:
        mark.seen_at = max(mark.seen_at, moment)
    session.flush()
