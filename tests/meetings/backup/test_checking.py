"""Verifying finds whatever is not as it was written, and names it."""

import hashlib
import random
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import update

from meetings.backup import checking, keys, manifest, recovery, runs
from meetings.backup.errors import BackupError
from meetings.models import AuditEntry, Compartment, DocumentVersion
from tests import factories

FLIPS = 60


def test_a_whole_run_is_called_whole(create, verify):
    made = create()
    assert verify() == checking.Verified(made.run.name, 12, 2)


def test_without_the_recovery_key_nobody_looks_inside(create, folder):
    assert create().run.name == checking.verify(folder).run
    assert checking.verify(folder).originals is None


def test_a_flipped_bit_in_any_file_is_found_and_the_file_is_named(create, folder, flip):
    create()
    chance = random.Random(11)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    assert len(files) == 15
    for file in files + chance.choices(files, k=FLIPS):
        bit = chance.randrange(file.stat().st_size * 8)
        flip(file, bit)
        with pytest.raises(BackupError) as found:
            checking.verify(folder)
        assert str(file) in str(found.value)
        flip(file, bit)
    assert checking.verify(folder).files == 12


def test_every_byte_of_the_manifest_counts(create, flip):
    run = create().run
    size = (run / manifest.NAME).stat().st_size
    for byte in range(size):
        bit = byte * 8 + byte % 8
        flip(run / manifest.NAME, bit)
        with pytest.raises(BackupError, match=r"manifest\.json is damaged"):
            manifest.read(run)
        flip(run / manifest.NAME, bit)
    assert manifest.read(run)


def test_the_same_manifest_in_another_spelling_is_a_change(create):
    file = create().run / manifest.NAME
    file.write_bytes(file.read_bytes() + b"\n")
    with pytest.raises(BackupError, match=r"manifest\.json is damaged"):
        manifest.read(file.parent)


@pytest.mark.parametrize("name", ["database.age", "keys.age"])
def test_a_cut_or_missing_file_is_named(create, folder, name):
    file = create().run / name
    data = file.read_bytes()
    file.write_bytes(data[:-1])
    with pytest.raises(BackupError, match=name):
        checking.verify(folder)
    file.unlink()
    with pytest.raises(BackupError, match=name):
        checking.verify(folder)


def test_a_missing_file_of_a_document_is_named(create, folder):
    create()
    file = next(path for path in (folder / "blobs").rglob("*") if path.is_file())
    file.unlink()
    with pytest.raises(BackupError, match=f"{file} is missing"):
        checking.verify(folder)


def test_another_recovery_key_is_told_apart(create, folder, tmp_path):
    create()
    recovery.make_pair(tmp_path / "other.key")
    with pytest.raises(BackupError, match="the run needs"):
        checking.verify(folder, tmp_path / "other.key")


def test_a_folder_without_runs_or_no_folder_is_said(folder, identity):
    with pytest.raises(BackupError, match="No such file"):
        checking.verify(folder, identity)
    folder.mkdir()
    with pytest.raises(BackupError, match="no finished run"):
        checking.verify(folder, identity)


@pytest.fixture
def forge(create, folder, pair, filled):
    """Return what replaces parts of a run as somebody would who writes to the folder."""

    def forge(*, seal: bytes | None = None, plain: dict[str, Path] | None = None, **changes):
        run = create().run
        record = manifest.read(run)
        files = dict(record.files)
        for name, source in (plain or {}).items():
            with source.open("rb") as reader, (run / name).open("wb") as target:
                files[name] = recovery.close_up(reader, target, public=pair[1])
        changed = replace(record, files=files, **changes)
        (run / manifest.NAME).write_bytes(changed.sealed(seal or filled.keys.audit).render())
        return run

    return forge


def test_a_manifest_that_was_sealed_with_another_key_is_refused(forge, verify):
    forge(seal=b"x" * 32)
    with pytest.raises(BackupError, match="not sealed"):
        verify()


@pytest.mark.parametrize(
    "content", [b"{", b"[]", b"{}", b'{"audit": 7}', b'{"audit": "", "../x": ""}']
)
def test_keys_that_are_none_are_refused(forge, verify, tmp_path, content):
    (tmp_path / "text").write_bytes(content)
    forge(plain={keys.NAME: tmp_path / "text"})
    with pytest.raises(BackupError, match=r"keys\.age holds no keys"):
        verify()
    assert not (tmp_path / "x").exists()


def test_a_table_that_says_something_else_is_named(forge, verify, folder):
    record = manifest.read(forge())
    tables = record.tables | {"person": manifest.TableRecord(1, "0" * 64)}
    forge(tables=tables)
    with pytest.raises(BackupError, match="table person is not what the manifest says"):
        verify()


def test_a_ledger_that_ends_otherwise_is_refused(forge, verify):
    forge(audit_seq=99)
    with pytest.raises(BackupError, match="ledger does not end"):
        verify()


def test_a_file_that_the_manifest_forgot_is_named(forge, create, verify):
    named = dict(manifest.read(create().run).blobs)
    lost = min(named)
    del named[lost]
    forge(blobs=named)
    with pytest.raises(BackupError, match=f"refers to {lost}"):
        verify()


def test_something_that_is_no_database_is_refused(forge, verify, tmp_path):
    (tmp_path / "text").write_bytes(b"no database " * 999)
    forge(plain={"database.age": tmp_path / "text"})
    with pytest.raises(BackupError, match="the database inside is damaged"):
        verify()


def test_a_broken_ledger_is_found(session, create, verify):
    factories.unguard_ledger(session)
    session.execute(update(AuditEntry).where(AuditEntry.seq == 1).values(action="document:read"))
    session.commit()
    [problem] = create().problems
    assert problem.endswith("the ledger is broken at line 1")
    with pytest.raises(BackupError, match="ledger is broken at line 1"):
        verify()


@pytest.mark.sqlite
def test_a_row_that_refers_to_nothing_stops_the_run(create, filled):
    with filled.database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("DELETE FROM body")
        connection.commit()
    with pytest.raises(BackupError, match="refers to a row that is not there"):
        create()


def test_an_original_that_its_key_does_not_open_is_named(filled, session, create, verify):
    version = session.query(DocumentVersion).first()
    version.blob = filled.store.put_bytes(b"another", key=b"k" * 32).digest
    session.commit()
    create()
    with pytest.raises(BackupError, match=f"{version.blob} cannot be decrypted"):
        verify()


def test_an_original_with_other_bytes_than_received_is_named(session, create, verify):
    version = session.query(DocumentVersion).first()
    version.plain_sha256 = hashlib.sha256(b"another").hexdigest()
    session.commit()
    create()
    with pytest.raises(BackupError, match=f"{version.blob} decrypts to other bytes"):
        verify()


def test_a_lost_compartment_key_is_found(session, create, verify):
    session.query(Compartment).update({"wrapped_key": b"?" * 60})
    session.commit()
    create()
    with pytest.raises(BackupError, match="cannot be decrypted"):
        verify()


def test_two_may_verify_at_once(create, folder):
    create()
    with runs.locked(folder, writing=False):
        assert checking.verify(folder).files == 12
