"""Asking for a wider access, and how such a request ends."""

from typing import Any
from uuid import UUID

from sqlalchemy import update
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
    supersede(session, place, kind, by=by)
    owner = {OWNERS[type(place)]: place.id}
    widening = Widening(kind=kind, what=what, body_id=body, asked_by=by.id, **owner)
    session.add(widening)
    session.flush()
    return widening


def supersede(session: Session, place: Place, kind: WideningKind, *, by: Asker) -> None:
    """End what waits of a kind, because somebody decided anew meanwhile."""
    owner = getattr(Widening, OWNERS[type(place)])
    session.execute(
        update(Widening)
        .where(owner == place.id, Widening.kind == kind, Widening.decided_at.is_(None))
        .values(decision=WideningDecision.SUPERSEDED, decided_by=by.id, decided_at=clock.now())
    )


def decide(session: Session, widening: Widening, decision: WideningDecision, *, by: Asker) -> None:
    """Record how a second person decided."""
    widening.decision, widening.decided_by = decision, by.id
    widening.decided_at = clock.now()
    session.flush()
