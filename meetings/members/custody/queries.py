"""Dossiers on their way: what lies in them, where they may go, which are late."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session, aliased, joinedload

from meetings import clock
from meetings.collation import collation_key
from meetings.members.life.kinds import KINDS
from meetings.members.life.replay import valid
from meetings.members.records.queries import events_of, happenings
from meetings.members.register.queries import REGISTERED
from meetings.models import Body, Custody, EventKind, Member, MemberEvent
from meetings.policy import Asker, readable_bodies, readable_custodies
from search_index import fold

FOUND = 20
"""Bodies that are offered for a name; more are asked for by more of it."""


class Way(StrEnum):
    """Which dossiers are listed."""

    OPEN = "open"
    LATE = "late"
    CLOSED = "closed"


def listed(session: Session, way: Way, days: int, *, by: Asker) -> Sequence[Custody]:
    """Return the dossiers that a keeper sends or receives, those that wait longest first."""
    found = readable_custodies(by).where(_is(way, days))
    found = found.options(
        joinedload(Custody.member), joinedload(Custody.sender), joinedload(Custody.receiver)
    )
    if way is Way.CLOSED:
        return session.scalars(found.order_by(Custody.closed_at.desc())).all()
    return session.scalars(found.order_by(Custody.sent_at, Custody.created_at)).all()


def is_late(custody: Custody, days: int) -> bool:
    """Tell whether a dossier that was sent should have been received by now."""
    sent = custody.sent_at
    return custody.closed_at is None and sent is not None and sent < _latest(days)


def _is(way: Way, days: int) -> ColumnElement[bool]:
    if way is Way.CLOSED:
        return Custody.closed_at.is_not(None)
    waits = Custody.closed_at.is_(None)
    return waits & (Custody.sent_at < _latest(days)) if way is Way.LATE else waits


def _latest(days: int) -> datetime:
    return clock.now() - timedelta(days=days)


def places(session: Session, words: str, *, by: Asker) -> Mapping[str, str]:
    """Return bodies of a name to which a dossier may go, each with the one above it, by id."""
    sought = fold(words).split()
    if not sought:
        return {}
    above = aliased(Body)
    asked = readable_bodies(by).with_only_columns(Body.id, Body.name, above.name)
    asked = asked.outerjoin(above, Body.parent_id == above.id)
    rows = session.execute(asked.where(Body.kind.in_(REGISTERED))).all()
    found = [row for row in rows if all(word in fold(row[1]) for word in sought)]
    found.sort(key=lambda row: (len(row[1]), collation_key(row[1])))
    return {str(identity): _called(name, over) for identity, name, over in found[:FOUND]}


def _called(name: str, above: str | None) -> str:
    return f"{name} ({above})" if above else name


def inventory(session: Session, member: Member, names: Mapping[EventKind, str]) -> list[str]:
    """Return what should lie in the dossier: the papers that decided what happened."""
    events = events_of(session, member)
    numbered = {event.number: event for event in events}
    standing = [numbered[one.number] for one in valid(happenings(events))]
    return [_line(event, names) for event in standing if _decided(event)]


def _decided(event: MemberEvent) -> bool:
    return KINDS[event.kind].decided and bool(event.decision)


def _line(event: MemberEvent, names: Mapping[EventKind, str]) -> str:
    return f"{names[event.kind]}: {event.decision}, {event.happened_on:%d/%m/%Y}"
