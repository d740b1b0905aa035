"""Whether each of many documents holds, without a row of its own for each."""

from typing import Any
from uuid import UUID

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from meetings import clock
from meetings.archive.kept.narrowing import VALIDITIES
from meetings.archive.kept.shelf import Codes, Shelf, name_of
from meetings.documents.relations.queries import BINDING, EFFECTS, standing, standings_of
from meetings.models import Document, Relation, RelationState
from meetings.policy import Asker, readable_documents

_CODES = {validity: code for code, validity in enumerate(VALIDITIES)}


def validity_codes(session: Session, shelf: Shelf, by: Asker) -> Codes:
    """Return whether each document that a person may read holds, -1 for what only is."""
    binding = readable_documents(by).where(Document.doc_type.in_(BINDING))
    days = (Document.in_force_from, Document.issued_on, Document.in_force_until)
    rows: Any = session.connection().execute(binding.with_only_columns(Document.id, *days)).all()
    today = clock.today()
    known: dict[Any, int] = {}
    for _, *key in rows:
        if tuple(key) not in known:
            known[tuple(key)] = _CODES[standing(_dated(*key), (), today).validity]
    codes = np.full(len(shelf), -1, np.int32)
    codes[shelf.names.rows(name_of(row[0]) for row in rows)] = [
        known[tuple(key)] for _, *key in rows
    ]
    acted_on = select(Relation.target_id).where(
        Relation.state == RelationState.CONFIRMED, Relation.kind.in_([kind for kind, _ in EFFECTS])
    )
    targets = session.scalars(binding.where(Document.id.in_(acted_on)))
    found = standings_of(session, targets, by=by)
    said: dict[UUID, int] = {one: _CODES[each.validity] for one, each in found.items()}
    codes[shelf.names.rows(map(name_of, said))] = list(said.values())
    return codes


def _dated(since: Any, issued: Any, until: Any) -> Document:
    return Document(in_force_from=since, issued_on=issued, in_force_until=until)
