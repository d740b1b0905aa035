"""How long it takes to follow the audit's chain, beside hashing the same bytes once."""

import hashlib
import tempfile
import time
from pathlib import Path

from meetings import audit
from meetings.installation import Installation
from meetings.settings import Settings

LINES = 100_000
MILLION = 1_000_000
BYTES_A_LINE = 500


def measure() -> list[tuple[str, str, str]]:
    """Write a ledger, verify it, return the seconds for a million lines."""
    with tempfile.TemporaryDirectory() as folder:
        installation = Installation(Settings(instance=Path(folder) / "instance")).prepare()
        try:
            writing, following = _times(installation)
        finally:
            installation.close()
    scale = MILLION / LINES
    plain = _hashing()
    return [
        ("audit: lines written a second", f"{LINES / writing:,.0f}", ""),
        ("audit: following a million lines", f"{following * scale:.1f} s", ""),
        ("  as a multiple of hashing as many bytes", f"{following / plain:.1f}", ""),
    ]


def _times(installation: Installation) -> tuple[float, float]:
    with installation.database.writing() as session:
        start = time.perf_counter()
        for number in range(LINES):
            audit.record(session, audit.Deed(action="document:read", subject_id=str(number)))
            if number % 1000 == 0:
                session.commit()
                session.expunge_all()
        session.commit()
        writing = time.perf_counter() - start
    with installation.database.reading() as session:
        start = time.perf_counter()
        if list(audit.broken(session)):
            raise AssertionError
        return writing, time.perf_counter() - start


def _hashing() -> float:
    line = bytes(BYTES_A_LINE)
    start = time.perf_counter()
    for _ in range(LINES):
        hashlib.sha256(line).hexdigest()
    return time.perf_counter() - start
