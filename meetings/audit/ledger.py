"""The ledger: one line a deed, written in the deed's transaction, chained by digest."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from meetings import clock
from meetings.models import AuditEntry, Decision
from meetings.models.prepared import Prepared, settled

SEAL = b"nghi-su/audit/1"
BEGINNING = "0" * 64
_LINES = AuditEntry.__table__
_LAST = Prepared(select(_LINES.c.seq, _LINES.c.digest).order_by(_LINES.c.seq.desc()).limit(1))
_ADD = insert(AuditEntry)


@dataclass(frozen=True, kw_only=True)
class Deed:
    """What was done or refused; ids only, never names or text."""

    action: str
    actor_id: UUID | None = None
    subject_type: str = ""
    subject_id: str = ""
    decision: Decision = Decision.ALLOWED
    address: str = ""
    request_id: str = ""
    detail: dict[str, Any] = field(default_factory=dict)


def record(session: Session, deed: Deed) -> None:
    """Add a line to the ledger within the caller's writing transaction.

    All other writers wait meanwhile, hence no object for the session to look after.
    """
    [seq, previous] = _LAST.one_or_none(settled(session), {}) or (0, BEGINNING)
    entry = AuditEntry(seq=seq + 1, at=clock.now(), previous=previous, **vars(deed))
    line = vars(deed) | {"seq": entry.seq, "at": entry.at, "previous": previous}
    session.connection().execute(_ADD, line | {"digest": digest(entry)})


def digest(entry: AuditEntry) -> str:
    """Return the SHA-256 of a line and of the digest before it."""
    content = {
        "seq": entry.seq,
        "at": entry.at.isoformat(),
        "actor": str(entry.actor_id or ""),
        "action": entry.action,
        "subject": [entry.subject_type, entry.subject_id],
        "decision": entry.decision.value,
        "address": entry.address,
        "request": entry.request_id,
        "detail": entry.detail,
    }
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(SEAL + entry.previous.encode() + canonical.encode()).hexdigest()


def broken(session: Session) -> Iterator[int]:
    """Yield the number of every line that does not follow from the one before it."""
    previous, expected = BEGINNING, 1
    # plain rows: a million objects would take a minute
    query = select(_LINES).order_by(_LINES.c.seq).execution_options(yield_per=1000)
    with session.execute(query) as rows:
        entry: Any
        for entry in rows:
            if (entry.seq, entry.previous, entry.digest) != (expected, previous, digest(entry)):
                yield entry.seq
            previous, expected = entry.digest, entry.seq + 1
