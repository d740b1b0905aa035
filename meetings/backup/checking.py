"""Verifying a run: every file by its digest, and with the recovery key everything inside."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from meetings import audit, vault
from meetings.backup import contents, keys, manifest, recovery, runs
from meetings.backup.blobs import Progress, silent
from meetings.backup.errors import BackupError, named
from meetings.backup.manifest import Manifest
from meetings.models import Database, DocumentVersion
from meetings.schema import revisions
from storage import KeyFolder, Missing, StorageError, Store
from storage.durable import draft, place

PART = 1 << 20
KEYS = "keys"


@dataclass(frozen=True)
class Verified:
    """A run that is whole; without the recovery key nobody looked inside."""

    run: str
    files: int
    originals: int | None


def verify(
    folder: Path,
    identity: Path | None = None,
    name: str | None = None,
    progress: Progress = silent,
) -> Verified:
    """Examine a run, the newest by default; raise BackupError with the first problem."""
    secret = recovery.read_identity(identity) if identity else None
    with named(folder), runs.locked(folder, writing=False):
        run = runs.chosen_run(folder, name)
        record = manifest.read(run)
        check_files(run, record)
        _check_blobs(runs.blobs_of(folder), record, progress)
        originals = _look_inside(run, record, secret) if secret else None
    return Verified(run.name, len(record.blobs), originals)


def rehearse(run: Path, record: Manifest, identity: Any, scratch: Path) -> str:
    """Restore database and keys of a run into a scratch folder; raise BackupError if it fails.

    Return what is wrong with what was saved rather than with the run, if anything is.
    """
    check_files(run, record)
    with _restored(run, record, identity, scratch) as session:
        try:
            _check_content(session, run, record)
        except BackupError as error:
            return str(error)
    return ""


def check_files(run: Path, record: Manifest) -> None:
    """Raise BackupError, which names it, for a file of a run that is not what was written."""
    for name, wanted in record.files.items():
        file = run / name
        with file.open("rb") as reader:
            digest = hashlib.file_digest(reader, "sha256").hexdigest()
        if (file.stat().st_size, digest) != (wanted.size, wanted.sha256):
            message = f"{file} is damaged: it does not have its digest"
            raise BackupError(message)


def open_database(run: Path, record: Manifest, identity: Any, target: Path) -> None:
    """Decrypt the database of a run and compare it with the manifest."""
    with draft(target.parent) as file:
        recovery.open_up(run / runs.DATABASE, file, identity=identity)
        place(file, target)
    if problem := contents.problem_of(target):
        message = f"{run / runs.DATABASE}: the database inside is damaged: {problem}"
        raise BackupError(message)
    with contents.opened(target) as engine:
        found = contents.tables_of(engine)
    for table in sorted(found.keys() | record.tables.keys()):
        if found.get(table) != record.tables.get(table):
            message = f"{run / runs.DATABASE}: table {table} is not what the manifest says"
            raise BackupError(message)
    if record.schema not in revisions():
        message = f"{run.name} was made by a newer program ({record.program}); install that one"
        raise BackupError(message)


def open_keys(run: Path, record: Manifest, identity: Any) -> dict[str, bytes]:
    """Return the keys of a run, after the manifest proved to be sealed with one of them."""
    found = keys.open_up(run, identity=identity)
    if not record.is_sealed_by(found["audit"]):
        message = f"{run / manifest.NAME} is not sealed with the audit key of this run"
        raise BackupError(message)
    return found


def check_identity(record: Manifest, identity: Any) -> None:
    """Raise BackupError when a run was closed with another recovery key."""
    held = recovery.fingerprint(str(identity.to_public()))
    if held != record.recovery_key:
        message = f"this is recovery key {held}; the run needs {record.recovery_key}"
        raise BackupError(message)


def _check_blobs(store: Store, record: Manifest, progress: Progress) -> None:
    for done, (digest, size) in enumerate(record.blobs.items()):
        progress(done, len(record.blobs))
        try:
            whole = store.ciphertext_size(digest) == size and store.verify(digest)
        except Missing:
            message = f"{store.folder / digest[:2] / digest} is missing"
            raise BackupError(message) from None
        if not whole:
            message = f"{store.ciphertext(digest)} is damaged: it does not have its digest"
            raise BackupError(message)
    for digest in record.absent:
        message = f"{digest} was missing or damaged in the store when the run was made"
        raise BackupError(message)


def _look_inside(run: Path, record: Manifest, identity: Any) -> int:
    check_identity(record, identity)
    with (
        TemporaryDirectory(prefix="backup-") as scratch,
        _restored(run, record, identity, Path(scratch)) as session,
    ):
        _check_content(session, run, record)
        held = KeyFolder(Path(scratch) / KEYS)
        return _read_originals(session, held, runs.blobs_of(run.parent))


@contextmanager
def _restored(run: Path, record: Manifest, identity: Any, scratch: Path) -> Iterator[Session]:
    """Bring database and keys of a run back into a scratch folder."""
    from meetings.upgrade import migrate

    file = scratch / "database.sqlite3"
    keys.write(open_keys(run, record, identity), scratch / KEYS)
    open_database(run, record, identity, file)
    url = f"sqlite:///{file}"
    migrate(url)
    database = Database(url)
    try:
        with database.reading() as session:
            yield session
    finally:
        database.close()


def _check_content(session: Session, run: Path, record: Manifest) -> None:
    _check_ledger(session, run, record)
    _check_names(session, run, record)


def _check_ledger(session: Session, run: Path, record: Manifest) -> None:
    first = next(audit.broken(session), None)
    if first is not None:
        message = f"{run / runs.DATABASE}: the ledger is broken at line {first}"
        raise BackupError(message)
    if contents.audit_head_of(session) != (record.audit_seq, record.audit_head):
        message = f"{run / runs.DATABASE}: the ledger does not end as the manifest says"
        raise BackupError(message)


def _check_names(session: Session, run: Path, record: Manifest) -> None:
    lost = contents.blobs_of(session) - record.blobs.keys() - set(record.absent)
    if lost:
        message = f"{run / manifest.NAME}: the database refers to {min(lost)}, which is not named"
        raise BackupError(message)


def _read_originals(session: Session, held: KeyFolder, store: Store) -> int:
    """Decrypt every original and return how many there are."""
    query = select(DocumentVersion).options(selectinload(DocumentVersion.compartment))
    count = 0
    for version in session.scalars(query.execution_options(yield_per=500)):
        try:
            with store.open(version.blob, key=vault.storage_key(held, version)) as reader:
                plain = hashlib.sha256()
                while part := reader.read(PART):
                    plain.update(part)
        except StorageError as error:
            message = f"{version.blob} cannot be decrypted: {error}"
            raise BackupError(message) from error
        if plain.hexdigest() != version.plain_sha256:
            message = f"{version.blob} decrypts to other bytes than were received"
            raise BackupError(message)
        count += 1
    return count
