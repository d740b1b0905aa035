"""What a document does to others and others to it, as far as the person asking may read them.

A relation of a document that somebody may not read is not there for them, in no list, count or
validity: what an archivist wants everybody to know, the document's own last day says.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import Select, bindparam, or_
from sqlalchemy.orm import Session

from meetings import clock
from meetings.models import Document, DocumentType, Relation, RelationKind, RelationState
from meetings.policy import Asker, facts, readable_documents


class Validity(StrEnum):
    """Whether a document holds (hiệu lực)."""

    IN_FORCE = "in_force"
    PARTLY = "partly"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    PENDING = "pending"
    UNKNOWN = "unknown"


BINDING = frozenset(
    {
        DocumentType.RESOLUTION,
        DocumentType.DECISION,
        DocumentType.REGULATION,
        DocumentType.STATUTE,
        DocumentType.DIRECTIVE,
        DocumentType.CONCLUSION,
        DocumentType.PARTY_CIRCULAR,
        DocumentType.GUIDELINE,
        DocumentType.PLAN,
        DocumentType.PROGRAMME,
        DocumentType.SCHEME,
    }
)
"""Kinds that hold, or no longer do; a report or a letter only is."""
EFFECTS = (
    (RelationKind.REPEALS, Validity.EXPIRED),
    (RelationKind.REPLACES, Validity.EXPIRED),
    (RelationKind.SUSPENDS, Validity.SUSPENDED),
    (RelationKind.AMENDS, Validity.PARTLY),
)
"""What a relation makes of its target, the gravest first."""
_MOST = 500
"""Documents that are asked about in one statement."""


@dataclass(frozen=True)
class Link:
    """A relation seen from one of its ends: the other end, and what is said of it."""

    document: Document
    kind: RelationKind
    state: RelationState
    since: date | None

    @property
    def holds_from(self) -> date:
        """Return the day from which a relation of the other document to this one holds."""
        return self.since or self.document.in_force_from or self.document.issued_on or date.min


@dataclass(frozen=True)
class Standing:
    """Whether a document holds, and what made it so."""

    validity: Validity
    cause: Link | None = None


def links_from(
    session: Session, document: Document, *, by: Asker, proposed: bool = False
) -> Sequence[Link]:
    """Return what a document does to others; `proposed` adds what nobody has confirmed."""
    ends = readable_documents(by).join(Relation, Relation.target_id == Document.id)
    return _links(session, ends.where(Relation.source_id == document.id), proposed=proposed)


def links_to(
    session: Session, document: Document, *, by: Asker, proposed: bool = False
) -> Sequence[Link]:
    """Return what others do to a document; `proposed` adds what nobody has confirmed."""
    ends = readable_documents(by).join(Relation, Relation.source_id == Document.id)
    return _links(session, ends.where(Relation.target_id == document.id), proposed=proposed)


def _links(session: Session, ends: Select[Any], *, proposed: bool) -> Sequence[Link]:
    """Return links, the newest first; a mere citation needs nobody to confirm it."""
    wanted = or_(
        Relation.state == RelationState.CONFIRMED,
        (Relation.state == RelationState.PROPOSED) & (Relation.kind == RelationKind.CITES),
    )
    if proposed:
        wanted = Relation.state != RelationState.REJECTED
    query: Any = ends.where(wanted).with_only_columns(
        Document, Relation.kind, Relation.state, Relation.since
    )
    found = [Link(*row) for row in session.execute(query)]
    return sorted(found, key=lambda link: (link.holds_from, link.document.id), reverse=True)


def standing_of(session: Session, document: Document, *, by: Asker) -> Standing:
    """Return whether a document holds today, as far as a person may know."""
    return standings_of(session, [document], by=by)[document.id]


def standings_of(
    session: Session, documents: Iterable[Document], *, by: Asker
) -> Mapping[UUID, Standing]:
    """Return whether each of many documents holds today, in few questions."""
    asked = list(documents)
    links: defaultdict[UUID, list[Link]] = defaultdict(list)
    for at in range(0, len(asked), _MOST):
        some = [one.id for one in asked[at : at + _MOST]]
        for target, *link in session.execute(_acting(), facts(by) | {"acted_on": some}):
            links[target].append(Link(*link))
    today = clock.today()
    return {one.id: standing(one, links.get(one.id, ()), today) for one in asked}


@cache
def _acting() -> Any:
    """Return the question what acts on some documents, made once: every answer asks it."""
    ends: Any = readable_documents().join(Relation, Relation.source_id == Document.id)
    return ends.where(
        Relation.state == RelationState.CONFIRMED,
        Relation.kind.in_([kind for kind, _ in EFFECTS]),
        Relation.target_id.in_(bindparam("acted_on", expanding=True)),
    ).with_only_columns(Relation.target_id, Document, Relation.kind, Relation.state, Relation.since)


class Held(Protocol):
    """The days of a document between which it holds."""

    @property
    def in_force_from(self) -> date | None:
        """Return the first day, if one is named."""

    @property
    def issued_on(self) -> date | None:
        """Return the day of issue."""

    @property
    def in_force_until(self) -> date | None:
        """Return the last day, if there is one."""


def standing(document: Held, links: Sequence[Link], today: date) -> Standing:
    """Return whether a document holds on a day, given what others do to it."""
    start, end = document.in_force_from or document.issued_on, document.in_force_until
    if start is None:
        return Standing(Validity.UNKNOWN)
    if start > today:
        return Standing(Validity.PENDING)
    for kind, validity in EFFECTS:
        cause = next((link for link in links if _acts(link, kind, today)), None)
        if cause:
            return Standing(validity, cause)
        if kind is RelationKind.REPLACES and end and end < today:
            return Standing(Validity.EXPIRED)
    return Standing(Validity.IN_FORCE)


def _acts(link: Link, kind: RelationKind, today: date) -> bool:
    confirmed = link.state is RelationState.CONFIRMED
    return confirmed and link.kind is kind and link.holds_from <= today
