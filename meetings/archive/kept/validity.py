"""Whether each of many documents holds, without a row of its own for each."""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import numpy as np
from sqlalchemy import String, select, type_coerce
from sqlalchemy.orm import Session

from meetings import clock
from meetings.archive.kept.narrowing import VALIDITIES
from meetings.archive.kept.shelf import Codes, Shelf, name_of
from meetings.documents.relations.queries import BINDING, EFFECTS, standing, standings_of
from meetings.models import Document, Relation, RelationState
from meetings.policy import Asker, readable_documents

_COLUMNS = [
    type_coerce(each, String())  # as the database has them: to turn all into days costs most
    for each in (
        Document.id,
        Document.in_force_from,
        Document.issued_on,
        Document.in_force_until,
    )
]
_CODES = {validity: code for code, validity in enumerate(VALIDITIES)}


class _Days(NamedTuple):
    """What many documents have in common that hold from and to the same days."""

    in_force_from: date | None
    issued_on: date | None
    in_force_until: date | None


def validity_codes(session: Session, shelf: Shelf, by: Asker) -> Codes:
    """Return whether each document that a person may read holds, -1 for what only is."""
    binding = readable_documents(by).where(Document.doc_type.in_(BINDING))
    rows: Any = session.connection().execute(binding.with_only_columns(*_COLUMNS)).all()
    today = clock.today()
    days = {key: _Days(*map(_day, key)) for key in {tuple(row[1:]) for row in rows}}
    known = {key: _CODES[standing(each, (), today).validity] for key, each in days.items()}
    codes = np.full(len(shelf), -1, np.int32)
    codes[shelf.names.rows(name_of(row[0]) for row in rows)] = [known[row[1:]] for row in rows]
    acted_on = select(Relation.target_id).where(
        Relation.state == RelationState.CONFIRMED, Relation.kind.in_([kind for kind, _ in EFFECTS])
    )
    targets = session.scalars(binding.where(Document.id.in_(acted_on)))
    found = standings_of(session, targets, by=by)
    said: dict[UUID, int] = {one: _CODES[each.validity] for one, each in found.items()}
    codes[shelf.names.rows(map(name_of, said))] = list(said.values())
    return codes


def _day(said: str | date | None) -> date | None:
    return date.fromisoformat(said) if isinstance(said, str) else said
