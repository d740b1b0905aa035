"""What waits for a second person, ready to be decided."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from meetings import policy
from meetings.agenda.access.services import Window
from meetings.documents.issuing.queries import Circulation
from meetings.models import (
    AccessLevel,
    AgendaItem,
    Body,
    Meeting,
    Person,
    Reach,
    Widening,
    WideningKind,
)
from meetings.policy import Asker
from meetings.widenings.queries import waiting

Row = TypeVar("Row")


@dataclass(frozen=True)
class Request:
    """Somebody's wish to widen access, in the facts it consists of."""

    id: UUID
    title: str
    kind: WideningKind
    asker: str
    asked_at: datetime
    own: bool
    level: AccessLevel | None
    window: Window | None
    names: tuple[str, ...]
    reach: Reach | None
    meeting: Meeting | None
    item: AgendaItem | None


def requests(session: Session, *, by: Asker) -> list[Request]:
    """Return what waits in a person's office; nobody agrees to what is their own."""
    return [
        Request(
            id=widening.id,
            title=widening.title,
            kind=widening.kind,
            asker=widening.asker.person.full_name,
            asked_at=widening.created_at,
            own=widening.asker.person_id == by.person_id,
            level=_level(widening.what) if widening.kind is WideningKind.LEVEL else None,
            window=Window.read(widening.what) if widening.kind is WideningKind.WINDOW else None,
            names=_named(session, widening, by),
            reach=_reach(widening),
            meeting=_row(session, Meeting, widening.what.get("meeting")),
            item=_row(session, AgendaItem, widening.what.get("item")),
        )
        for widening in waiting(session, by=by)
    ]


def _people(what: dict[str, Any]) -> list[str]:
    return [what["person"]] if "person" in what else what.get("readers", [])


def _row(session: Session, table: type[Row], identity: str | None) -> Row | None:
    return session.get(table, UUID(identity)) if identity else None


def _level(what: dict[str, int]) -> AccessLevel:
    return AccessLevel(what["access_level"])


def _reach(widening: Widening) -> Reach | None:
    is_reach = widening.kind is WideningKind.REACH
    return Circulation.read(widening.what).reach if is_reach else None


def _named(session: Session, widening: Widening, by: Asker) -> tuple[str, ...]:
    """Return whom a request names: persons, or the bodies of a circulation."""
    if widening.kind is not WideningKind.REACH:
        return _names(session, _people(widening.what), by)
    wished = Circulation.read(widening.what)
    if wished.reach is not Reach.BODIES:
        return _names(session, widening.what["people"], by)
    named = policy.readable_bodies(by).where(Body.id.in_(wished.bodies))
    return tuple(body.name for body in session.scalars(named.order_by(Body.position)))


def _names(session: Session, people: list[str], by: Asker) -> tuple[str, ...]:
    if not people:
        return ()
    named = policy.readable_people(by).where(Person.id.in_([UUID(person) for person in people]))
    ordered = named.order_by(Person.protocol_rank, Person.full_name)
    return tuple(person.display_name for person in session.scalars(ordered))
