"""Whether each of many documents holds, by arrays: no row of a document is asked for."""

from typing import Any

import numpy as np
from sqlalchemy import String, select, type_coerce
from sqlalchemy.orm import Session

from meetings import clock
from meetings.archive.kept.narrowing import VALIDITIES
from meetings.archive.kept.shelf import KINDS, Codes, Mask, Shelf, day_number, name_of
from meetings.documents.relations.queries import BINDING, EFFECTS, Validity
from meetings.models import Relation, RelationState

_CODES = {validity: code for code, validity in enumerate(VALIDITIES)}
_BINDING = np.array([kind in BINDING for kind in KINDS])
_ACTING = select(
    *(type_coerce(each, String()) for each in (Relation.source_id, Relation.target_id)),
    Relation.kind,
    type_coerce(Relation.since, String()),
).where(Relation.state == RelationState.CONFIRMED, Relation.kind.in_([kind for kind, _ in EFFECTS]))


def validity_codes(session: Session, shelf: Shelf, readable: Mask) -> Codes:
    """Return whether each document holds, -1 for what only is.

    What acts on a document counts where the person asking may read it.
    """
    today = day_number(clock.today())
    codes = np.full(len(shelf), _CODES[Validity.IN_FORCE], np.int32)
    acted = _acted_on(session, shelf, readable, today)
    for kind, validity in reversed(EFFECTS):  # the gravest last
        codes[[target for target, acting in acted if acting is kind]] = _CODES[validity]
    codes[(shelf.ends > 0) & (shelf.ends < today)] = _CODES[Validity.EXPIRED]
    codes[shelf.starts > today] = _CODES[Validity.PENDING]
    codes[shelf.starts == 0] = _CODES[Validity.UNKNOWN]
    codes[~_BINDING[shelf.kinds]] = -1
    return codes


def _acted_on(session: Session, shelf: Shelf, readable: Mask, today: int) -> list[tuple[int, Any]]:
    """Return the row of each document on which another acts today, and what that does."""
    found: list[Any] = list(session.connection().execute(_ACTING))
    sources = shelf.names.rows(name_of(row[0]) for row in found).tolist()
    targets = shelf.names.rows(name_of(row[1]) for row in found).tolist()
    size = len(readable)
    return [
        (target, row[2])
        for row, source, target in zip(found, sources, targets, strict=True)
        if 0 <= source < size
        and 0 <= target < len(shelf)
        and readable[source]
        and (day_number(row[3]) or shelf.starts[source]) <= today
    ]
