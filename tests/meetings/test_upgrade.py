"""Bringing a database to this version: a copy lies beside it before anything is changed."""

import os
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from alembic import command
from click.testing import CliRunner

from meetings import cli, upgrade
from meetings.models import Database
from meetings.schema import UpgradeFailed

OLD = "0004"


@pytest.fixture
def old(tmp_path: Path) -> SimpleNamespace:
    """A database of an earlier version with a row in it."""
    url, copies = f"sqlite:///{tmp_path / 'database.sqlite3'}", tmp_path / "before-migration"
    command.upgrade(upgrade.migration_config(url), OLD)
    run(url, "CREATE TABLE mark (word TEXT)", "INSERT INTO mark VALUES ('đã có')")
    return SimpleNamespace(url=url, copies=copies, copy=copies / f"{OLD}.sqlite3")


def run(url: str, *statements: str) -> list:
    database = Database(url)
    with database.engine.execution_options(write=True).begin() as connection:
        for statement in statements:
            answer = connection.exec_driver_sql(statement)
        rows = answer.fetchall() if answer.returns_rows else []
    database.close()
    return rows


def revision(url: str) -> str:
    [(found,)] = run(url, "SELECT version_num FROM alembic_version")
    return found


def test_a_copy_of_the_old_version_is_kept_closed_to_others(old):
    upgrade.upgrade(old.url, old.copies)
    assert revision(old.url) > OLD
    assert revision(f"sqlite:///{old.copy}") == OLD
    assert run(f"sqlite:///{old.copy}", "SELECT word FROM mark") == [("đã có",)]
    assert old.copy.stat().st_mode & 0o777 == 0o600
    assert old.copies.stat().st_mode & 0o777 == 0o700


def test_the_copy_has_its_name_for_good_before_anything_is_changed(old, disk, monkeypatch):
    before = []
    monkeypatch.setattr(upgrade.command, "upgrade", lambda *_rest: before.extend(disk))
    upgrade.upgrade(old.url, old.copies)
    assert before[-2:] == [("rename", old.copy), ("fsync", old.copies)]


def test_nothing_is_copied_where_nothing_is_missing_or_nothing_is_there(old, tmp_path):
    upgrade.upgrade(old.url, tmp_path / "first")
    upgrade.upgrade(old.url, tmp_path / "second")
    upgrade.upgrade(f"sqlite:///{tmp_path / 'new.sqlite3'}", tmp_path / "third")
    assert [name for name in ("first", "second", "third") if (tmp_path / name).exists()] == [
        "first"
    ]


def test_only_the_newest_copies_are_kept(old):
    old.copies.mkdir()
    for number in range(upgrade.KEPT + 2):
        file = old.copies / f"00{number}x.sqlite3"
        file.touch()
        os.utime(file, (time.time() - 1000 + number,) * 2)
    upgrade.upgrade(old.url, old.copies)
    kept = sorted(file.name for file in old.copies.iterdir())
    assert kept == ["0004.sqlite3", "003x.sqlite3", "004x.sqlite3"]


@pytest.fixture
def failing(monkeypatch):
    """Let every migration fail as a full disk would make it."""

    def fail(config, target) -> None:
        message = "disk is full"
        raise OSError(message)

    monkeypatch.setattr(upgrade.command, "upgrade", fail)


def test_a_failure_says_where_the_copy_is_and_changes_nothing(old, failing):
    with pytest.raises(UpgradeFailed, match="stays at 0004") as caught:
        upgrade.upgrade(old.url, old.copies)
    assert str(old.copy) in str(caught.value)
    assert "disk is full" in str(caught.value)
    assert revision(old.url) == OLD
    assert revision(f"sqlite:///{old.copy}") == OLD


def test_a_migration_that_fails_half_way_leaves_no_half_of_it(old):
    run(old.url, "CREATE TRIGGER audit_entry_DELETE AFTER DELETE ON mark BEGIN SELECT 1; END")
    before = run(old.url, "SELECT sql FROM sqlite_master ORDER BY name")
    with pytest.raises(UpgradeFailed, match="already exists"):
        upgrade.upgrade(old.url, old.copies)
    assert run(old.url, "SELECT sql FROM sqlite_master ORDER BY name") == before
    assert revision(old.url) == OLD


def test_the_command_ends_with_the_sentence(tmp_path, monkeypatch):
    def fail(_url: str, _copies: Path) -> None:
        message = "The database stays at 0004, its copy is somewhere."
        raise UpgradeFailed(message)

    monkeypatch.setenv("MEETINGS_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.setattr("meetings.upgrade.upgrade", fail)
    answer = CliRunner().invoke(cli.main, ["db", "upgrade"])
    assert answer.exit_code == 1
    assert "stays at 0004" in answer.output
