"""Signed heads: what the ledger's newest line was at a moment, kept where the database is not.

Whoever rules the database can compute a whole new chain; he cannot make it agree with a head that
was signed and carried away before.
"""

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from meetings import clock
from meetings.models import AuditEntry
from storage.durable import make_folder, sync_folder

SEAL = b"nghi-su/head/1"


@dataclass(frozen=True)
class Head:
    """The number and digest of the newest line at a moment, signed with Ed25519 (RFC 8032)."""

    seq: int
    digest: str
    at: str
    signature: str

    def is_signed_by(self, public: bytes) -> bool:
        """Tell whether the holder of a key signed this."""
        try:
            key = Ed25519PublicKey.from_public_bytes(public)
            key.verify(bytes.fromhex(self.signature), _content(self.seq, self.digest, self.at))
        except (InvalidSignature, ValueError):
            return False
        return True


def public_key(seed: bytes) -> bytes:
    """Return what checks the signatures made with a seed of 32 bytes."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def newest(session: Session, seed: bytes) -> Head | None:
    """Return the signed head of the ledger, if it has a line."""
    query = select(AuditEntry.seq, AuditEntry.digest).order_by(AuditEntry.seq.desc()).limit(1)
    row = session.execute(query).first()
    return _sign(seed, row.seq, row.digest, clock.now()) if row else None


def keep(head: Head, folder: Path) -> bool:
    """Add a head to the month's file, down to the disk; tell whether it says anything new."""
    make_folder(folder)
    path = folder / f"heads-{head.at[:7]}.jsonl"
    begun = path.exists()
    if begun and (known := list(read(path))) and known[-1].digest == head.digest:
        return False
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(json.dumps(asdict(head)) + "\n")
        file.flush()
        os.fsync(descriptor)
    if not begun:
        sync_folder(folder)
    return True


def read(path: Path) -> Iterator[Head]:
    """Yield the heads of a file; a line that is none is one that nobody signed."""
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            yield Head(**json.loads(line))
        except (ValueError, TypeError):
            yield Head(0, "", "", "")


def contradicted(session: Session, heads: Iterable[Head], public: bytes) -> Iterator[Head]:
    """Yield every head that nobody signed or that the ledger no longer agrees with."""
    for head in heads:
        query = select(AuditEntry.digest).where(AuditEntry.seq == head.seq)
        if not head.is_signed_by(public) or session.scalar(query) != head.digest:
            yield head


def _sign(seed: bytes, seq: int, digest: str, moment: datetime) -> Head:
    at = moment.isoformat()
    key = Ed25519PrivateKey.from_private_bytes(seed)
    return Head(seq, digest, at, key.sign(_content(seq, digest, at)).hex())


def _content(seq: int, digest: str, at: str) -> bytes:
    return b"\n".join((SEAL, str(seq).encode(), digest.encode(), at.encode()))
