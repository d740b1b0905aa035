"""Which runs are kept."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from meetings.backup import manifest, runs
from meetings.backup.errors import BackupError
from meetings.models import DocumentVersion

NOON = datetime(2026, 11, 25, 5, tzinfo=UTC)  # noon in Vietnam


def named(*moments: datetime) -> list[Path]:
    return [Path(runs.name_of(moment)) for moment in moments]


def test_a_name_tells_the_moment_and_sorts_by_it():
    moments = [NOON + timedelta(microseconds=n) for n in (0, 1, 10, 10**7)]
    names = named(*moments)
    assert [runs.moment_of(name) for name in names] == moments
    assert sorted(names) == names


@pytest.mark.parametrize("name", ["blobs", "", "2026", "notes", "2026-13-01T00-00-00-000000Z"])
def test_other_folders_are_no_runs(name):
    assert runs.moment_of(Path(name)) is None


def test_seven_days_five_weeks_and_twelve_months_are_kept_of_two_years():
    every_night = named(*(NOON - timedelta(days=n) for n in range(730)))
    kept = {runs.moment_of(run).date().isoformat() for run in runs.kept_of(every_night)}
    days = {f"2026-11-{day}" for day in range(19, 26)}
    sundays = {"2026-11-22", "2026-11-15", "2026-11-08", "2026-11-01"}
    ends = ["10-31", "09-30", "08-31", "07-31", "06-30", "05-31"]
    ends += ["04-30", "03-31", "02-28", "01-31"]
    assert kept == days | sundays | {f"2026-{end}" for end in ends} | {"2025-12-31"}


def test_of_one_day_the_newest_is_kept():
    moments = [NOON - timedelta(hours=n) for n in range(6)]
    assert runs.kept_of(named(*moments)) == named(NOON)


def test_a_day_begins_at_midnight_in_vietnam():
    before, after = (datetime(2026, 11, 24, 17, tzinfo=UTC) + timedelta(minutes=n) for n in (-1, 1))
    assert len(runs.kept_of(named(before, after))) == 2


def test_old_runs_stay_while_no_newer_ones_come():
    old = named(NOON - timedelta(days=2000), NOON - timedelta(days=2001))
    assert runs.kept_of(old) == sorted(old)


def test_thinning_removes_what_no_kept_run_names(create, folder, session, add_document):
    wanted = manifest.read(create().run).blobs.keys()
    lost = add_document(b"Only for a day.")
    create().run.rename(folder / "2026-01-02T05-00-00-000000Z")
    assert runs.blobs_of(folder).has(lost)
    session.execute(update(DocumentVersion).where(DocumentVersion.blob == lost).values(blob=""))
    session.commit()
    for day in range(3, 10):
        create().run.rename(folder / f"2026-01-{day:02}T05-00-00-000000Z")
    runs.thin(folder)
    assert [run.name[8:10] for run in runs.runs_of(folder)] == [f"{day:02}" for day in range(3, 10)]
    assert not runs.blobs_of(folder).has(lost)
    assert wanted <= set(runs.blobs_of(folder).digests())


def test_a_run_is_no_run_for_good_before_its_files_go(create, folder, monkeypatch):
    seen, real = [], runs.sync_folder

    def look(run):
        seen.append((run.name[8:10], sorted(file.name for file in run.iterdir())))
        real(run)

    monkeypatch.setattr(runs, "sync_folder", look)
    for day in range(1, 9):  # each run is thinned out after
        create().run.rename(folder / f"2026-01-{day:02}T05-00-00-000000Z")
    assert seen == [("01", ["database.age", "keys.age"])]


def test_files_and_their_names_are_on_the_disk_before_the_run_counts(create, disk):
    made = create().run
    blobs = made.parent / "blobs"
    named = [place for verb, place in disk if verb == "rename" and blobs in place.parents]
    assert len(named) == len(manifest.read(made).blobs)
    counts = disk.index(("rename", made / manifest.NAME))
    for place in named:
        at = disk.index(("rename", place))
        assert disk[at - 1][0] == "fsync", "the file"
        assert disk[at - 1][1].parent == blobs / "tmp"
        assert ("fsync", place.parent) in disk[at:counts], "its name"
    assert ("fsync", blobs) in disk[:counts]
    assert disk[counts - 1][0] == "fsync"
    assert ("fsync", made) in disk[counts:]


def test_a_manifest_that_cannot_be_read_is_said(folder):
    run = folder / runs.name_of(NOON)
    (run / manifest.NAME).mkdir(parents=True)
    with pytest.raises(BackupError, match=r"manifest\.json: Is a directory"):
        manifest.read(runs.chosen_run(folder, None))


def test_a_run_without_manifest_does_not_exist(create, folder):
    run = create().run
    (run / manifest.NAME).unlink()
    assert runs.runs_of(folder) == []
    with pytest.raises(BackupError, match="runs: none"):
        runs.chosen_run(folder, None)
