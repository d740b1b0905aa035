"""When a backup is due, and what the doctor says."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from meetings import clock
from meetings.backup import manifest, runs, schedule
from meetings.backup.schedule import Trouble
from meetings.settings import Settings

NOON = datetime(2026, 11, 25, 5, tzinfo=UTC)


@pytest.fixture
def at(monkeypatch, folder):
    """Return what sets the clock and the age of the only run."""

    def at(moment: datetime, **age: float) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)
        run = folder / runs.name_of(moment - timedelta(**age))
        run.mkdir(parents=True)
        (run / manifest.NAME).touch()

    return at


def told(settings: Settings) -> list[Trouble]:
    return [trouble for trouble, _ in schedule.troubles(settings)]


def test_the_first_run_is_due_at_once(settings, session, at):
    assert schedule.holds_no_run(session, settings)
    at(NOON, hours=1)
    assert not schedule.holds_no_run(session, settings)


@pytest.mark.parametrize("unset", ["backup_folder", "recovery_key"])
def test_without_folder_or_key_nothing_is_ever_due(settings, session, unset):
    bare = replace(settings, **{unset: ""})
    assert schedule.is_set_up(session, settings)
    for condition in (schedule.is_set_up, schedule.holds_no_run, schedule.meeting_runs):
        assert not condition(session, bare)


def test_a_folder_that_cannot_be_read_is_left_to_the_run(settings, session, monkeypatch):
    def fail(_folder):
        raise PermissionError

    monkeypatch.setattr(runs, "runs_of", fail)
    assert schedule.holds_no_run(session, settings)
    assert told(settings) == [Trouble.UNREADABLE]


def test_nothing_is_said_of_good_backups_but_their_place(settings, at, folder, monkeypatch):
    at(NOON, hours=25.9)
    assert told(settings) == [Trouble.SAME_DISK]
    monkeypatch.setattr(schedule, "_shares_its_disk", lambda *_: False)
    assert told(settings) == []


def test_an_old_run_is_told_with_its_age(settings, at):
    at(NOON, hours=26.1)
    found = dict(schedule.troubles(settings))
    assert found[Trouble.OLD]["hours"] == 26


def test_that_there_is_no_run_is_told(settings):
    assert Trouble.NONE_YET in told(settings)


def test_what_is_not_set_is_told(settings):
    bare = replace(settings, backup_folder="", recovery_key="")
    assert told(bare) == [Trouble.NO_KEY, Trouble.NO_FOLDER]


def test_a_key_that_is_none_is_told(settings, at):
    at(NOON, hours=1)
    assert told(replace(settings, recovery_key="age1"))[0] is Trouble.BAD_KEY
