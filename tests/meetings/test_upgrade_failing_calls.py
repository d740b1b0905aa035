"""Whatever call fails while a database is upgraded: it is at the old version or the new."""

import gc
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy.exc import SQLAlchemyError

from meetings import migrations, models, upgrade
from meetings.models import Database
from meetings.schema import UpgradeFailed
from tests.faults import Faults, each_fault, once_for_each
from tests.kills import code_of, killed, lines_of, moments

OLD = "0004"
KEPT = [("đã có",)]

pytestmark = [
    pytest.mark.long,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture(autouse=True)
def _collected() -> Iterator[None]:
    """Close here what a failing call left open, not in the midst of another test."""
    yield
    gc.collect()


CODE = code_of(upgrade, migrations, models)


def words(file: Path) -> tuple[str, list]:
    """Return the revision of a database and what a table of ours says."""
    database = Database(f"sqlite:///{file}")
    with database.engine.connect() as connection:
        [(revision,)] = connection.exec_driver_sql("SELECT version_num FROM alembic_version")
        rows = connection.exec_driver_sql("SELECT word FROM mark").fetchall()
        [(whole,)] = connection.exec_driver_sql("PRAGMA integrity_check")
    database.close()
    assert whole == "ok"
    return revision, rows


@pytest.fixture
def before(tmp_path) -> Path:
    """The file of a database at its old version, with a row of ours."""
    before = tmp_path / "before.sqlite3"
    command.upgrade(upgrade.migration_config(f"sqlite:///{before}"), OLD)
    database = Database(f"sqlite:///{before}")
    with database.engine.execution_options(write=True).begin() as connection:
        connection.exec_driver_sql("CREATE TABLE mark (word TEXT)")
        connection.exec_driver_sql("INSERT INTO mark VALUES ('đã có')")
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return before


def test_an_upgrade_killed_anywhere_is_at_the_old_version_or_the_new(tmp_path, before):
    folder = tmp_path / "instance"
    file, copies = folder / "database.sqlite3", folder / "before-migration"

    def old() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        shutil.copy(before, file)

    def act() -> None:
        upgrade.upgrade(f"sqlite:///{file}", copies)

    def act_again() -> None:
        act()
        assert words(file)[0] > OLD
        assert words(file)[1] == KEPT
        assert not (copies / "draft").exists()

    next_time = once_for_each(folder, act_again)
    old()
    lines = lines_of(act, CODE)
    assert len(lines) > 100
    revisions = set()
    for step in moments(lines, 6):
        old()
        assert killed(act, CODE, step), lines[step]
        revision, rows = words(file)
        assert rows == KEPT
        revisions.add(revision)
        for copy in copies.glob("*.sqlite3"):
            assert words(copy) == (OLD, KEPT)
        next_time()
    assert OLD in revisions
    assert len(revisions) <= 2
    print(f"{len(moments(lines, 6))} kills among {len(lines)} lines of an upgrade")


def test_an_upgrade_is_whole_or_did_not_happen_and_goes_through_the_next_time(tmp_path, before):
    folder = tmp_path / "instance"
    folder.mkdir()
    file, copies = folder / "database.sqlite3", folder / "before-migration"
    url = f"sqlite:///{file}"

    def old() -> None:
        shutil.rmtree(folder)
        folder.mkdir()
        shutil.copy(before, file)

    def act(_ground: None, _faults: Faults) -> None:
        upgrade.upgrade(url, copies)

    def act_saying(ground: None, faults: Faults) -> str:
        try:
            act(ground, faults)
        except UpgradeFailed as error:
            return str(error)
        return ""

    def act_again() -> None:
        upgrade.upgrade(url, copies)
        assert words(file)[0] > OLD
        assert words(file)[1] == KEPT

    next_time = once_for_each(folder, act_again)
    outcomes = []
    for _, sentence, problem in each_fault(folder, old, act_saying):
        assert problem is None or isinstance(problem, SQLAlchemyError)
        revision, rows = words(file)
        assert rows == KEPT
        assert revision == OLD or not (sentence or problem)
        assert not sentence or f"stays at {OLD}" in sentence
        outcomes.append(bool(sentence))
        for copy in copies.glob("*.sqlite3"):
            assert words(copy) == (OLD, KEPT)
            assert stat.S_IMODE(copy.stat().st_mode) == 0o600
        assert not (copies / "draft").exists() or "draft" in sentence
        next_time()
    assert True in outcomes
    print(f"{len(outcomes)} upgrades with another call failing")
