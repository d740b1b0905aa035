"""Parts are compared with advisories; what was not compared is never called sound."""

import importlib.util
import json
import sys
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 26, tzinfo=UTC)
GROUPS = ("run", "ocr")


@pytest.fixture(scope="module")
def advisories():
    spec = importlib.util.spec_from_file_location("advisories", ROOT / "deploy/advisories.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def export(tmp_path):
    """Return what writes records into an export, beside one about a part that we do not use."""
    stranger = record("X-0", "no-such-part", events=[{"introduced": "0"}])

    def write(*told: dict) -> Path:
        path = tmp_path / "all.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("README", "not a record")
            for one in (stranger, *told):
                archive.writestr(f"{one['id']}.json", json.dumps(one))
        return path

    return write


def record(identity="X-1", name="Flask", events=(), versions=(), modified=NOW, **more):
    package = {"name": name, "ecosystem": "PyPI"}
    ranges = [{"type": "ECOSYSTEM", "events": list(events)}, {"type": "GIT", "events": []}]
    affected = [{"package": package, "ranges": ranges, "versions": list(versions)}]
    when = modified.isoformat().replace("+00:00", "Z")
    return {"id": identity, "modified": when, "summary": "A weakness", "affected": affected} | more


def flask(advisories) -> str:
    parts = advisories.bill(GROUPS)["components"]
    return next(part["version"] for part in parts if part["name"] == "flask")


def test_parts_are_counted_and_none_is_affected(advisories, export):
    told, wrong = advisories.compare(export(), GROUPS, now=NOW)
    parts = len(advisories.bill(GROUPS)["components"])
    assert told == [f"{parts} parts compared with 1 advisories up to 2026-11-26"]
    assert wrong == []
    assert parts >= 50


def test_an_affected_part_is_named_with_its_advisory(advisories, export):
    here = flask(advisories)
    _, wrong = advisories.compare(export(record(versions=[here])), GROUPS, now=NOW)
    assert wrong == [f"flask {here}: X-1 A weakness"]
    withdrawn = record(versions=[here], withdrawn="2026-01-01T00:00:00Z")
    assert advisories.compare(export(withdrawn), GROUPS, now=NOW)[1] == []


@pytest.mark.parametrize(
    ("events", "hit"),
    [
        ([("introduced", "0")], True),
        ([("introduced", "0"), ("fixed", "3.1.3")], False),
        ([("introduced", "0"), ("fixed", "3.1.4")], True),
        ([("introduced", "3.1.4")], False),
        ([("introduced", "3.0"), ("last_affected", "3.1.3")], True),
        ([("introduced", "3.0"), ("last_affected", "3.1.2")], False),
        ([("introduced", "0"), ("fixed", "1.0"), ("introduced", "3.1")], True),
        ([("introduced", "0"), ("fixed", "1.0"), ("introduced", "3.2")], False),
        ([("introduced", "0"), ("fixed", "2.10")], False),
        ([("introduced", "0"), ("limit", "3.0")], True),
        ([("introduced", "whenever")], True),
        ([], False),
    ],
)
def test_a_range_says_which_versions_it_means(advisories, events, hit):
    told = record(events=[dict([event]) for event in events])
    assert advisories.affects(told, "flask", "3.1.3") is hit
    assert not advisories.affects(told, "flask-login", "3.1.3")


def test_old_advisories_and_none_at_all_are_wrong(advisories, export, tmp_path):
    month = NOW + timedelta(days=31)
    assert "fetch them anew" in advisories.compare(export(), GROUPS, now=month)[1][0]
    nothing = tmp_path / "nothing.zip"
    zipfile.ZipFile(nothing, "w").close()
    assert advisories.compare(nothing, GROUPS, now=NOW) == ([], ["Nothing was compared."])


def test_the_command_ends_with_one_where_something_is_wrong(advisories, export, capsys):
    today = record("X-2", "no-other-part", modified=datetime.now(UTC))
    assert advisories.main([str(export(today))]) == 0
    assert "parts compared with 2 advisories" in capsys.readouterr().out
    assert advisories.main([str(export(today, record(versions=[flask(advisories)])))]) == 1
    assert "X-1" in capsys.readouterr().out
    assert str(ROOT / "deploy") in sys.path
