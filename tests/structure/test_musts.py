"""The table of what must hold: every number once, each with what shows it."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from tests.structure.test_security_docs import evidence, is_there

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "docs/security/musts.csv"
COLUMNS = ["number", "must", "state", "evidence", "figure"]
SHOWN = {"held", "partly"}
WITHOUT = {"open", "not offered"}


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_must_stands_once_in_its_order_with_a_state():
    found = rows()
    assert list(found[0]) == COLUMNS
    assert [row["number"] for row in found] == [str(number) for number in range(1, 53)]
    for row in found:
        assert row["state"] in SHOWN | WITHOUT, row
        assert row["must"], row


def test_what_is_held_has_evidence_and_all_evidence_is_there():
    bare = [row["number"] for row in rows() if row["state"] in SHOWN and not evidence(row)]
    assert bare == []
    named = {name for row in rows() for name in evidence(row)}
    assert sorted(name for name in named if not is_there(name)) == []


def test_what_falls_short_says_where():
    silent = [row["number"] for row in rows() if row["state"] == "partly" and not row["figure"]]
    assert silent == []


def test_the_table_is_linked():
    for page, link in (("index.md", "security/musts.csv"), ("security.md", "security/musts.csv")):
        assert f"({link})" in (ROOT / "docs" / page).read_text(encoding="utf-8")


def test_the_table_says_how_much_is_held(capsys: pytest.CaptureFixture[str]):
    counts = Counter(row["state"] for row in rows())
    with capsys.disabled():
        print("\nMusts:", ", ".join(f"{name} {counts[name]}" for name in sorted(counts)))
    assert counts["held"] > counts.total() / 2
