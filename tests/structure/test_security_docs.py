"""The written half of trust cannot drift: what it names as evidence is there."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SECURITY = ROOT / "docs/security"
LEDGER = SECURITY / "asvs.csv"
MODEL = SECURITY / "threat-model.md"
COLUMNS = ["id", "level", "applies", "decision", "evidence"]
OPEN = "not built yet"
NODE = re.compile(r"`(tests/[\w/]+\.py::test_\w+)`")
WIDEST = 120
LONGEST_DECISION = 140
THREATS = [f"T{number}" for number in range(1, 28)]


def rows() -> list[dict[str, str]]:
    with LEDGER.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def evidence(row: dict[str, str]) -> list[str]:
    return [name for name in row["evidence"].split(";") if name]


def is_there(name: str) -> bool:
    path, _, test = name.partition("::")
    file = ROOT / path
    if not file.is_file():
        return False
    if not path.startswith("tests/"):
        return not test
    named = re.compile(rf"^def {re.escape(test)}\(", re.MULTILINE)
    return named.search(file.read_text(encoding="utf-8")) is not None


def threats() -> dict[str, str]:
    parts = re.split(r"^### (T\d+)\. ", MODEL.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], (part.split("\n## ")[0] for part in parts[1::2]), strict=True))


def standing(row: dict[str, str]) -> str:
    if row["applies"] == "yes":
        tested = any("::" in name for name in evidence(row))
        return "proven by test" if tested else "by document"
    return {"later": "later", "no": "not applicable"}[row["applies"]]


def test_the_ledger_names_each_requirement_once_in_five_columns():
    found = rows()
    assert list(found[0]) == COLUMNS
    assert [name for name, times in Counter(row["id"] for row in found).items() if times > 1] == []
    for row in found:
        assert re.fullmatch(r"V\d+\.\d+\.\d+", row["id"]), row
        assert row["level"] in {"1", "2"}, row
        assert row["applies"] in {"yes", "no", "later"}, row
        assert 0 < len(row["decision"]) <= LONGEST_DECISION, row


def test_the_ledger_has_every_requirement_of_both_levels():
    # OWASP ASVS 5.0.0: 70 requirements of level 1, 183 more of level 2
    assert Counter(row["level"] for row in rows()) == {"1": 70, "2": 183}


def test_what_applies_has_evidence_and_all_evidence_is_there():
    found = rows()
    bare = [row["id"] for row in found if row["applies"] == "yes" and not evidence(row)]
    assert bare == []
    named = {name for row in found for name in evidence(row)}
    assert sorted(name for name in named if not is_there(name)) == []


def test_the_ledger_says_how_much_is_proven(capsys: pytest.CaptureFixture[str]):
    counts = Counter(standing(row) for row in rows())
    with capsys.disabled():
        print("\nASVS:", ", ".join(f"{name} {counts[name]}" for name in sorted(counts)))
    assert counts.total() == len(rows())
    assert counts["proven by test"] > counts["by document"]


def test_evidence_that_is_not_there_is_noticed():
    here = "tests/structure/test_security_docs.py"
    assert is_there(f"{here}::test_evidence_that_is_not_there_is_noticed")
    assert is_there("docs/security.md")
    for name in (here, f"{here}::test_of_nothing", "tests/nowhere.py::test_a", "docs/nowhere.md"):
        assert not is_there(name), name


@pytest.mark.parametrize("threat", THREATS)
def test_each_threat_names_a_test_or_says_that_nothing_is_built(threat: str):
    text = threats()[threat]
    named = NODE.findall(text)
    assert [name for name in named if not is_there(name)] == []
    assert named or OPEN in " ".join(text.split())


def test_the_model_knows_no_other_threats():
    assert list(threats()) == THREATS


def test_the_vietnamese_summary_has_every_threat_and_every_risk():
    summary = (SECURITY / "tom-tat.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| (T\d+) \|", summary, re.MULTILINE) == THREATS
    risks = re.findall(r"^## ", (SECURITY / "accepted-risks.md").read_text(), re.MULTILINE)
    numbers = re.findall(r"^(\d+)\. ", summary, re.MULTILINE)
    assert numbers == [str(number) for number in range(1, len(risks) + 1)]


def test_the_pages_are_linked_and_fit_a_screen():
    manual = (ROOT / "docs/security.md").read_text(encoding="utf-8")
    for page in ("threat-model.md", "accepted-risks.md", "asvs.csv", "tom-tat.md"):
        assert f"(security/{page})" in manual
    for page in (*SECURITY.glob("*.md"), ROOT / "SECURITY.md"):
        lines = page.read_text(encoding="utf-8").splitlines()
        assert [line for line in lines if len(line) > WIDEST] == [], page
