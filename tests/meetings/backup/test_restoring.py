"""A restored installation is the one that was backed up."""

from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from meetings import audit, clock, jobs, vault, worker
from meetings.backup import manifest, restoring, runs
from meetings.backup.errors import BackupError
from meetings.doctor import services as doctor
from meetings.doctor.machine.services import Light
from meetings.installation import Installation
from meetings.models import AuditEntry, DocumentVersion, Job, OneTimeSecret, SignIn, new_id

CHANGED = {"audit_entry", "job"}


@pytest.fixture
def restored(create, restore, elsewhere):
    create()
    restore()
    installation = Installation(elsewhere)
    yield installation
    installation.close()


def originals(installation: Installation) -> dict:
    with installation.database.reading() as session:
        return {
            version.id: installation.store.read(
                version.blob, key=vault.storage_key(installation.keys, version)
            )
            for version in session.scalars(select(DocumentVersion))
        }


def test_every_table_says_the_same(filled, restored, told):
    before, after = told(filled), told(restored)
    assert before.keys() == after.keys()
    assert {name for name in before if before[name] != after[name]} == CHANGED
    assert sum(record.rows for record in before.values()) > 20


def test_every_original_has_the_same_bytes(filled, restored):
    assert len(originals(filled)) == 2
    assert originals(restored) == originals(filled)
    assert set(restored.store.digests()) == set(filled.store.digests())


def test_the_ledger_goes_on_with_a_line_about_the_restore(restored, folder):
    with restored.database.reading() as session:
        assert list(audit.broken(session)) == []
        lines = session.scalars(select(AuditEntry).order_by(AuditEntry.seq)).all()
    assert [line.action for line in lines] == ["document:create"] * 2 + ["backup:restore"]
    assert lines[-1].detail == {"run": runs.runs_of(folder)[-1].name}


def test_everybody_signs_in_anew(filled, restored):
    with restored.database.reading() as session:
        assert session.scalars(select(SignIn)).all() == []
        assert session.scalars(select(OneTimeSecret)).all() == []
    assert restored.keys.session != filled.keys.session
    assert restored.keys.root == filled.keys.root
    assert restored.keys.pepper == filled.keys.pepper


@pytest.mark.sqlite
def test_the_restored_database_has_its_name_for_good(restore, create, elsewhere, disk):
    create()
    restore()
    database = Path(elsewhere.database.removeprefix("sqlite:///"))
    assert ("fsync", database.parent) in disk[disk.index(("rename", database)) :]


def test_the_index_is_queued(restored):
    with restored.database.reading() as session:
        queued = session.scalars(select(Job)).all()
    assert [job.kind for job in queued] == ["archive.index"] * 2


def test_the_worker_takes_up_its_work(restored):
    worker._sweep(jobs.Run(restored, new_id(), {}))
    assert worker._has_work(restored)


def test_what_waited_when_the_run_was_made_is_not_late_after_the_restore(
    session, create, restore, elsewhere
):
    job = jobs.enqueue(session, "worker.sweep", {}, key="since yesterday")
    job.due_at = clock.now() - timedelta(days=1)
    later = jobs.enqueue(session, "worker.sweep", {}, key="tomorrow")
    later.due_at = clock.now() + timedelta(days=1)
    tomorrow = later.due_at
    session.commit()
    create()
    restore()
    with closing(Installation(elsewhere)) as back:
        assert [finding.light for finding in doctor.queue(back)] == [Light.GREEN]
        with back.database.reading() as reading:
            due = {job.dedupe_key: job.due_at for job in reading.scalars(select(Job))}
    assert due["since yesterday"] > clock.now() - timedelta(minutes=10)
    assert due["tomorrow"] == tomorrow


def test_keys_may_live_outside_the_instance(create, folder, identity, elsewhere, tmp_path):
    create()
    apart = replace(elsewhere, keys=str(tmp_path / "keys apart"))
    restoring.restore(apart, folder, identity)
    assert not (apart.instance / "keys").exists()
    assert (tmp_path / "keys apart" / "root").stat().st_mode & 0o777 == 0o600


def test_an_older_run_is_restored_by_its_name(create, restore, add_document, folder):
    older = create().run.rename(folder / "2026-01-01T00-00-00-000000Z")
    add_document(b"A third original.")
    create()
    assert restore(older.name).files == 12


def test_a_run_that_is_not_there_is_said(create, restore, elsewhere):
    create()
    with pytest.raises(BackupError, match="no finished run 2020"):
        restore("2020")
    assert not elsewhere.instance.exists()


@pytest.mark.parametrize("present", ["database.sqlite3", "blobs/ab/x", "keys/root", "index/x"])
def test_a_non_empty_instance_is_refused_and_stays_as_it_is(create, restore, elsewhere, present):
    create()
    file = elsewhere.instance / present
    file.parent.mkdir(parents=True)
    file.write_text("somebody's")
    with pytest.raises(BackupError, match="not empty"):
        restore()
    assert [path for path in elsewhere.instance.rglob("*") if path.is_file()] == [file]
    assert file.read_text() == "somebody's"


def test_foreign_keys_or_a_database_elsewhere_are_refused(
    create, folder, identity, elsewhere, tmp_path
):
    create()
    (tmp_path / "k").mkdir()
    (tmp_path / "k" / "root").write_bytes(b"another")
    for changes in ({"keys": str(tmp_path / "k")}, {"database": f"sqlite:///{identity}"}):
        with pytest.raises(BackupError, match="only restored"):
            restoring.restore(replace(elsewhere, **changes), folder, identity)
    assert not elsewhere.instance.exists()


def test_a_settings_file_may_wait_in_the_instance(create, restore, elsewhere):
    create()
    elsewhere.instance.mkdir()
    (elsewhere.instance / "settings.toml").write_text("")
    assert restore().queued == 2


def test_a_damaged_file_does_not_keep_the_others_away(create, restore, folder, flip):
    create()
    digest = next(iter(runs.blobs_of(folder).digests()))
    flip(runs.blobs_of(folder).ciphertext(digest), 5)
    back = restore()
    assert (back.files, back.problems) == (11, (f"missing or damaged: {digest}",))


@pytest.mark.parametrize("name", ["database.age", "keys.age", "manifest.json"])
def test_a_damaged_run_leaves_the_instance_empty(create, restore, elsewhere, flip, name):
    flip(create().run / name, 2345)
    with pytest.raises(BackupError, match=name):
        restore()
    assert not elsewhere.instance.exists()


def test_a_run_of_a_newer_program_is_refused(create, restore, folder, filled):
    run = create().run
    record = replace(manifest.read(run), schema="9999", program="99.0")
    (run / "manifest.json").write_bytes(record.sealed(filled.keys.audit).render())
    with pytest.raises(BackupError, match=r"newer program \(99.0\)"):
        restore()
