"""Asking for a wider access, and how such a request ends."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from meetings import clock
from meetings.models import (
    AgendaItem,
    AgendaPaper,
    Document,
    Widening,
    WideningDecision,
    WideningKind,
)
from meetings.policy import Asker

Place = Document | AgendaPaper | AgendaItem
OWNERS: dict[type[Any], str] = {
    Document: "document_id",
    AgendaPaper: "paper_id",
    AgendaItem: "item_id",
}
ABOUT: dict[WideningKind, tuple[str, ...]] = {
    WideningKind.LAID: ("item",),
    WideningKind.INVITED: ("meeting", "person"),
}
"""Facts by which requests of a kind stand beside each other; of other kinds there is one."""


def ask(
    session: Session,
    place: Place,
    kind: WideningKind,
    what: dict[str, Any],
    *,
    body: UUID,
    by: Asker,
) -> Widening:
    """Let a wider access wait for a second person, in the place of what waited before."""
    supersede(session, place, kind, by=by, what=what)
    owner = {OWNERS[type(place)]: place.id}
    widening = Widening(kind=kind, what=what, body_id=body, asked_by=by.id, **owner)
    session.add(widening)
    session.flush()
    return widening


def supersede(
    session: Session,
    place: Place,
    kind: WideningKind,
    *,
    by: Asker,
    what: dict[str, Any] | None = None,
) -> None:
    """End what waits of a kind about the same, because somebody decided anew meanwhile."""
    owner = getattr(Widening, OWNERS[type(place)])
    waiting = select(Widening).where(
        owner == place.id, Widening.kind == kind, Widening.decided_at.is_(None)
    )
    for widening in session.scalars(waiting).all():
        if what is None or _about(kind, widening.what) == _about(kind, what):
            decide(session, widening, WideningDecision.SUPERSEDED, by=by)


def _about(kind: WideningKind, what: dict[str, Any]) -> list[Any]:
    return [what[fact] for fact in ABOUT.get(kind, ())]


def decide(session: Session, widening: Widening, decision: WideningDecision, *, by: Asker) -> None:
    """Record how a request ended."""
    widening.decision, widening.decided_by = decision, by.id
    widening.decided_at = clock.now()
    session.flush()
