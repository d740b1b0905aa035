"""Whatever call fails while a backup is made or brought back: it is whole, or it does not exist."""

import gc
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from meetings.backup import checking, restoring, runs
from meetings.backup.errors import BackupError
from meetings.settings import Settings
from tests.faults import Faults, each_fault, left_in, once_for_each
from tests.meetings.backup.test_crashes import originals, titles_of

pytestmark = [
    pytest.mark.long,
    pytest.mark.sqlite,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture(autouse=True)
def _collected() -> Iterator[None]:
    """Close here what a failing call left open, not in the midst of another test."""
    yield
    gc.collect()


def test_a_run_is_whole_or_was_never_made(create, filled, folder, identity, add_document, tmp_path):
    # of an earlier day, so that no later run takes its place
    earlier = create().run.rename(folder / "2026-01-01T00-00-00-000000Z")
    add_document(b"New since then." * 9999)
    shutil.copytree(folder, tmp_path / "before")

    def again() -> None:
        shutil.rmtree(folder)
        shutil.copytree(tmp_path / "before", folder)

    def make(_ground: None, _faults: Faults) -> tuple[str, ...]:
        try:
            return create().problems
        except BackupError as error:
            return (str(error),)

    def examine() -> None:
        assert checking.verify(folder, identity, earlier.name).originals == 2
        assert create().problems == ()
        assert checking.verify(folder, identity).originals == 3
        assert list(filled.settings.instance.glob(".*")) == []

    next_time = once_for_each(tmp_path, examine)
    tried, complaints = 0, 0
    for _, problems, unforeseen in each_fault(tmp_path, again, make):
        tried += 1
        assert unforeseen is None
        made = [run.name for run in runs.runs_of(folder) if run.name != earlier.name]
        if made:
            newest = checking.verify(folder, identity)
            assert newest.originals == 3 or problems
        assert made or problems
        complaints += bool(problems)
        next_time()
    assert 0 < complaints <= tried
    print(f"{tried} backups with another call failing, {complaints} told of it")


def test_a_restore_shows_all_or_nothing_and_harms_no_backup(
    create, filled, folder, identity, tmp_path
):
    create()
    place = tmp_path / "new machine"
    elsewhere = Settings(instance=place, min_free=0)
    whole, titles, backup = originals(filled.settings), titles_of(filled.settings), left_in(folder)

    def clean() -> None:
        shutil.rmtree(place, ignore_errors=True)

    def restore(_ground: None, _faults: Faults) -> str:
        try:
            restoring.restore(elsewhere, folder, identity)
        except BackupError as error:
            return str(error)
        return ""

    tried, told = 0, 0
    for _, sentence, problem in each_fault(tmp_path, clean, restore):
        tried += 1
        told += bool(sentence)
        there = (place / "database.sqlite3").exists()
        assert there or sentence or problem
        if there:
            assert originals(elsewhere) == whole
            assert titles_of(elsewhere) == titles
        assert left_in(folder) == backup
    clean()
    assert restore(None, Faults(Path(), 0, None)) == ""
    assert originals(elsewhere) == whole
    assert told
    print(f"{tried} restores with another call failing, {told} told of it")
