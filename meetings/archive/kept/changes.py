"""What happened since a moment to who may read what: the change counter, and windows of time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from sqlalchemy import bindparam, exists, func, or_, select
from sqlalchemy.orm import Session

from meetings import clock
from meetings.models import AccessChange, AgendaPaper
from meetings.models.base import UtcDateTime
from meetings.models.prepared import Prepared

_THEN = bindparam("then", type_=UtcDateTime())
_NOW = bindparam("now", type_=UtcDateTime())
_OPENED = AgendaPaper.readable_from.between(_THEN, _NOW)
_CLOSED = AgendaPaper.readable_until.between(_THEN, _NOW)
_COUNT = Prepared(select(func.coalesce(func.max(AccessChange.seq), 0)))
_TURNED = or_(exists().where(_OPENED), exists().where(_CLOSED))
_ASKED: Any = select(func.coalesce(func.max(AccessChange.seq), 0), _TURNED)
_NEWS = Prepared(_ASKED)


@dataclass(frozen=True)
class Stand:
    """A state of the database: how many changes it has seen, and when it was looked at."""

    seq: int
    moment: datetime
    today: date

    @classmethod
    def of(cls, session: Session) -> Self:
        """Return the stand that a session sees.

        The clock is asked first: what turns while rows are read is looked at once more next time.
        """
        moment, today = clock.now(), clock.today()
        row: Any = _COUNT.one_or_none(session.connection(), {})
        return cls(row[0], moment, today)

    def is_of_another_time(self) -> bool:
        """Tell whether the day is another one, by which posts are held, or the clock went back."""
        return clock.now() < self.moment or clock.today() != self.today


@dataclass(frozen=True)
class News:
    """How a session sees the world differ from an earlier stand."""

    stand: Stand
    counted: bool
    """Something was written since."""
    turned: bool
    """Papers were opened or closed by the hour since."""

    @classmethod
    def since(cls, session: Session, stand: Stand) -> Self:
        """Return what is new; a session that sees an earlier state is told of nothing written."""
        moment, today = clock.now(), clock.today()
        given = {"then": stand.moment, "now": moment}
        row: Any = _NEWS.one_or_none(session.connection(), given)
        seq, turned = row
        return cls(Stand(seq, moment, today), seq > stand.seq, bool(turned))

    def __bool__(self) -> bool:
        return self.counted or self.turned


def subjects(session: Session, news: News, since: Stand) -> Iterator[UUID]:
    """Yield whom and what the news are of: documents, people, accounts, or everything."""
    yield from session.scalars(select(AccessChange.subject).where(AccessChange.seq > since.seq))
    if news.turned:
        given = {"then": since.moment, "now": news.stand.moment}
        turned = select(AgendaPaper.document_id).where(or_(_OPENED, _CLOSED))
        yield from session.scalars(turned, given)
