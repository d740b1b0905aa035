"""Whoever rules the database changes the ledger: the first bad line is always named."""

import json
import os
import random
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from meetings import audit
from meetings.audit import heads
from meetings.models import AuditEntry, Decision
from tests import factories

LINES = 40
TAMPERINGS = 2000 if os.environ.get("LONG_TESTS") else 200
LEDGER = AuditEntry.__table__
SEED, STRANGE_SEED = bytes(32), bytes([7]) * 32

Row = dict[str, object]
Tampering = Callable[[random.Random, list[Row]], int]


def change(chance: random.Random, rows: list[Row]) -> int:
    """Change one column of one line, and keep the digest."""
    row = chance.choice(rows)
    column = chance.choice(sorted(set(row) - {"seq", "digest"}))
    other = {
        "at": row["at"] + timedelta(microseconds=1),
        "actor_id": uuid4(),
        "decision": Decision.REFUSED if row["decision"] is Decision.ALLOWED else Decision.ALLOWED,
        "detail": {**row["detail"], "added": chance.random().hex()},
        "previous": "f" * 64,
    }
    row[column] = other.get(column, f"{row[column]}x")
    return row["seq"]


def forge_digest(chance: random.Random, rows: list[Row]) -> int:
    """Change a line and compute its digest anew: the next line no longer follows."""
    row = chance.choice(rows[:-1])
    row["subject_id"] = "another"
    row["digest"] = audit.digest(AuditEntry(**row))
    return row["seq"] + 1


def remove(chance: random.Random, rows: list[Row]) -> int:
    """Remove a line from the middle."""
    gone = rows.pop(chance.randrange(len(rows) - 1))
    return gone["seq"] + 1


def swap(chance: random.Random, rows: list[Row]) -> int:
    """Let two lines change places."""
    first, second = sorted(chance.sample(range(len(rows)), 2))
    one, two = rows[first], rows[second]
    one["seq"], two["seq"] = two["seq"], one["seq"]
    return first + 1


def slip_in(chance: random.Random, rows: list[Row]) -> int:
    """Put a well-made line between two others and number the rest anew."""
    place = chance.randrange(1, len(rows))
    made = dict(rows[place], previous=rows[place - 1]["digest"], action="slipped:in")
    made["digest"] = audit.digest(AuditEntry(**made))
    for row in rows[place:]:
        row["seq"] += 1
    rows.insert(place, made)
    return place + 2


INSIDE: tuple[Tampering, ...] = (change, forge_digest, remove, swap, slip_in)


@pytest.fixture
def ledger(session: Session) -> Session:
    for number in range(LINES):
        deed = audit.Deed(action="document:read", subject_id=str(number), detail={"page": number})
        audit.record(session, deed)
    session.commit()
    factories.unguard_ledger(session)
    return session


def rows_of(session: Session) -> list[Row]:
    found = session.execute(select(LEDGER).order_by(LEDGER.c.seq))
    return [dict(row._mapping) for row in found]


def write(session: Session, rows: list[Row]) -> None:
    session.execute(LEDGER.delete())
    if rows:
        session.execute(insert(LEDGER), rows)


def test_every_tampering_inside_the_ledger_is_found_and_the_first_bad_line_named(ledger: Session):
    chance, found = random.Random(436), 0
    for number in range(TAMPERINGS):
        rows = rows_of(ledger)
        expected = INSIDE[number % len(INSIDE)](chance, rows)
        write(ledger, rows)
        first = next(audit.broken(ledger), None)
        assert first == expected, INSIDE[number % len(INSIDE)].__name__
        found += 1
        ledger.rollback()
    assert found == TAMPERINGS
    assert list(audit.broken(ledger)) == []


def rechain(rows: list[Row]) -> None:
    """Compute a whole new chain, as only someone with the database can."""
    previous = audit.ledger.BEGINNING
    for number, row in enumerate(rows, 1):
        row["seq"], row["previous"] = number, previous
        previous = row["digest"] = audit.digest(AuditEntry(**row))


def cut_off(chance: random.Random, rows: list[Row]) -> None:
    del rows[chance.randrange(LINES - 5, LINES) :]


def rewrite(chance: random.Random, rows: list[Row]) -> None:
    chance.choice(rows)["actor_id"] = uuid4()
    rechain(rows)


def rewrite_without_one(chance: random.Random, rows: list[Row]) -> None:
    rows.pop(chance.randrange(len(rows)))
    rechain(rows)


@pytest.mark.parametrize("tampering", [cut_off, rewrite, rewrite_without_one])
def test_a_whole_new_chain_is_contradicted_by_a_head_that_left_before(ledger: Session, tampering):
    kept = heads.newest(ledger, SEED)
    public = heads.public_key(SEED)
    assert list(heads.contradicted(ledger, [kept], public)) == []
    chance = random.Random(3)
    for _ in range(TAMPERINGS // 10):
        rows = rows_of(ledger)
        tampering(chance, rows)
        write(ledger, rows)
        assert list(audit.broken(ledger)) == [], "the chain itself tells nothing"
        assert list(heads.contradicted(ledger, [kept], public)) == [kept]
        ledger.rollback()


def test_a_head_that_somebody_else_signed_or_changed_counts_for_nothing(ledger: Session):
    public, mine = heads.public_key(SEED), heads.newest(ledger, SEED)
    strange = heads.newest(ledger, STRANGE_SEED)
    altered = heads.Head(mine.seq, mine.digest, mine.at.replace("2", "3", 1), mine.signature)
    garbled = heads.Head(mine.seq, mine.digest, mine.at, "no signature")
    wrong = [strange, altered, garbled]
    assert list(heads.contradicted(ledger, [mine, *wrong], public)) == wrong


def test_an_empty_ledger_has_no_head(session: Session):
    assert heads.newest(session, SEED) is None


def test_heads_are_added_to_a_file_of_the_month_and_read_again(ledger: Session, tmp_path):
    folder = tmp_path / "heads"
    first = heads.newest(ledger, SEED)
    assert heads.keep(first, folder)
    assert not heads.keep(heads.newest(ledger, SEED), folder), "nothing happened since"
    audit.record(ledger, audit.Deed(action="meeting:release"))
    assert heads.keep(heads.newest(ledger, SEED), folder)
    (path,) = folder.iterdir()
    assert path.stat().st_mode & 0o777 == 0o600
    kept = list(heads.read(path))
    assert [head.seq for head in kept] == [LINES, LINES + 1]
    assert list(heads.contradicted(ledger, kept, heads.public_key(SEED))) == []


def test_a_head_is_on_the_disk_when_it_is_said_to_be_kept(ledger: Session, tmp_path, disk):
    folder = tmp_path / "heads"
    folder.mkdir()
    head = heads.newest(ledger, SEED)
    path = folder / f"heads-{head.at[:7]}.jsonl"
    heads.keep(head, folder)
    assert disk == [("fsync", path), ("fsync", folder)], "a new file, and then its name"
    disk.clear()
    audit.record(ledger, audit.Deed(action="meeting:release"))
    heads.keep(heads.newest(ledger, SEED), folder)
    assert disk[0] == ("fsync", path)


@pytest.mark.parametrize("line", ["", "not json", "[1]", '{"seq": 1}', json.dumps({"a": 1})])
def test_a_line_that_is_no_head_is_one_that_nobody_signed(ledger: Session, tmp_path, line):
    path = tmp_path / "heads.jsonl"
    path.write_text(f"{line}\n")
    assert len(list(heads.contradicted(ledger, heads.read(path), heads.public_key(SEED)))) == 1
