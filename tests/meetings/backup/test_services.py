"""Making a run: what is in it, what is not, and what happens when it cannot be made."""

import os
import resource
import signal
import subprocess
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory

from meetings.backup import manifest, runs, services
from meetings.backup.errors import BackupError
from meetings.installation import Installation
from meetings.models import Page
from meetings.upgrade import migration_config
from tests.meetings.backup.conftest import CANARY

PLAIN = (CANARY.encode(), b"SQLite format 3", b"canary-of-a-s", b"The first original.")


def contents(folder: Path) -> bytes:
    return b"\n".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_a_run_holds_the_database_the_keys_and_a_manifest(create, folder):
    made = create()
    assert runs.runs_of(folder) == [made.run]
    assert {path.name for path in made.run.iterdir()} == {
        "database.age",
        "keys.age",
        "manifest.json",
    }
    record = manifest.read(made.run)
    assert record.audit_seq == 2
    head = ScriptDirectory.from_config(migration_config("")).get_current_head()
    assert record.schema == head
    assert record.tables["document"].rows == 2
    assert (made.files, made.copied, made.problems) == (12, 12, ())
    assert set(record.blobs) == set(runs.blobs_of(folder).digests())


@pytest.mark.sqlite
def test_nothing_plain_lies_in_the_backup_folder(create, folder, filled):
    create()
    live = contents(filled.settings.instance)
    written = contents(folder)
    assert CANARY.encode() in live
    assert [word for word in PLAIN if word in written] == []
    for key in filled.keys.folder.iterdir():
        assert key.read_bytes() not in written
        assert key.read_bytes().hex().encode() not in written


def test_no_scratch_copy_stays_in_the_instance(create, filled):
    left = filled.settings.instance / f"{services.SCRATCH}of-a-killed-run"
    left.mkdir()
    (left / "database.sqlite3").write_bytes(b"plain")
    create()
    assert list(filled.settings.instance.glob(".*")) == []


def test_only_its_owner_reads_a_backup(create, folder):
    create()
    for path in folder.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path


def test_a_second_run_copies_only_new_files(create, add_document):
    assert create().copied == 12
    assert create().copied == 0
    add_document(b"A third original.", title="Thông báo")
    made = create()
    assert (made.files, made.copied) == (18, 6)


def test_a_file_that_rotted_in_the_backup_is_copied_again(create, folder, flip, verify):
    create()
    rotten = next(iter(runs.blobs_of(folder).digests()))
    flip(runs.blobs_of(folder).ciphertext(rotten), 77)
    assert create().copied == 1
    assert verify().files == 12


def test_a_file_that_is_missing_in_the_store_is_named_and_the_rest_is_saved(
    create, filled, add_document, verify
):
    lost = add_document(b"A third original.")
    filled.store.remove(lost)
    made = create()
    assert made.problems == (f"missing or damaged in the store: {lost}",)
    assert made.files == 17
    with pytest.raises(BackupError, match=f"{lost} was missing or damaged"):
        verify()


def test_a_file_that_is_damaged_in_the_store_never_replaces_a_whole_one(
    create, filled, folder, flip
):
    create()
    digest = next(iter(filled.store.digests()))
    flip(filled.store.ciphertext(digest), 9)
    assert create().problems == ()
    assert runs.blobs_of(folder).verify(digest)
    runs.blobs_of(folder).remove(digest)
    assert create().problems == (f"missing or damaged in the store: {digest}",)
    assert not runs.blobs_of(folder).has(digest)


def test_a_file_that_is_removed_meanwhile_leads_to_a_second_snapshot(
    create, filled, session, monkeypatch
):
    page = session.query(Page).first()
    take = services._snapshot

    def take_and_recall(installation, copy):
        take(installation, copy)
        if installation.store.has(page.words):
            name, page.words = page.words, ""
            session.commit()
            installation.store.remove(name)

    monkeypatch.setattr(services, "_snapshot", take_and_recall)
    made = create()
    assert (made.files, made.problems) == (11, ())


@pytest.mark.parametrize("key", ["", "age1nonsense", "AGE-SECRET-KEY-1"])
def test_without_a_public_key_nothing_is_written(filled, folder, key):
    poor = Installation(replace(filled.settings, recovery_key=key))
    with pytest.raises(BackupError, match="new-key"):
        services.create(poor, folder)
    assert not folder.exists()


def test_a_backup_does_not_lie_beside_what_it_saves(filled):
    inside = filled.settings.instance / "blobs" / "backups"
    with pytest.raises(BackupError, match="another disk"):
        services.create(filled, inside)
    assert not inside.exists()


@pytest.mark.sqlite
def test_a_damaged_database_is_not_backed_up_over_good_runs(create, filled, folder):
    earlier = create().run
    filled.close()
    file = filled.settings.instance / "database.sqlite3"
    data = bytearray(file.read_bytes())
    data[20 * 4096 : 40 * 4096] = b"\xff" * (20 * 4096)
    file.write_bytes(data)
    with pytest.raises(BackupError, match="database"):
        create()
    assert runs.runs_of(folder) == [earlier]


def test_lost_keys_are_said_and_no_half_run_stays(create, filled, folder):
    (filled.settings.keys_folder / "audit").unlink()
    with pytest.raises(BackupError, match="safe copy"):
        create()
    assert list(folder.glob("20*")) == []


def test_two_commands_do_not_share_a_folder(create, folder):
    create()
    with (
        runs.locked(folder, writing=False),
        pytest.raises(BackupError, match="in use by another"),
    ):
        create()


def test_what_a_killed_run_left_is_swept(create, folder):
    first = create().run
    half = folder / "2020-01-01T00-00-00-000000Z"
    half.mkdir()
    (half / "database.age").write_bytes(b"half")
    (folder / "blobs" / "tmp" / "draft-x").write_bytes(b"half")
    (folder / "notes of the operator").mkdir()
    create()
    assert not half.exists()
    assert list((folder / "blobs" / "tmp").iterdir()) == []
    assert (folder / "notes of the operator").is_dir()
    assert first not in runs.runs_of(folder)  # the later run of the same day took its place


def test_a_damaged_older_run_keeps_every_file_it_may_need(create, folder, flip):
    yesterday = create().run.rename(folder / "2026-01-01T00-00-00-000000Z")
    flip(yesterday / "manifest.json", 999)
    stray = runs.blobs_of(folder).put_bytes(b"perhaps of that run", key=b"k" * 32).digest
    made = create()
    assert "manifest.json is damaged" in made.problems[0]
    assert runs.blobs_of(folder).has(stray)


@contextmanager
def short_files():
    """Refuse files beyond 1 MB, as a stand-in for a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture
def full(folder):
    """What makes a disk of 3 MB, where we may mount one, or files, where not, too small."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(mount, check=False, capture_output=True).returncode:
        yield short_files
        return
    try:
        yield nullcontext
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("full_at", ["a file", "the database"])
def test_a_full_disk_ends_with_a_sentence_and_no_half_run(
    create, folder, full, add_document, verify, full_at
):
    earlier = create().run
    if full_at == "a file":
        add_document(os.urandom(4 << 20))
    else:
        add_document(b"small", title=os.urandom(2 << 20).hex())
    snapshot_fails = full is short_files and full_at == "the database"
    sentence = "could not be copied" if snapshot_fails else "the disk is full; nothing was finished"
    with full(), pytest.raises(BackupError, match=sentence):
        create()
    assert [path.name for path in folder.iterdir() if path.name[0] == "2"] == [earlier.name]
    assert list((folder / "blobs" / "tmp").iterdir()) == []
    assert verify().run == earlier.name
