"""Making a backup: a snapshot, its files, its keys, and the manifest that makes it exist."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from pysqlite3 import dbapi2 as sqlite
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from meetings import clock
from meetings.backup import checking, contents, keys, manifest, recovery, runs
from meetings.backup.blobs import Brought, Progress, bring_all, silent
from meetings.backup.databases import place_of
from meetings.backup.errors import BackupError, named
from meetings.backup.manifest import FileRecord, Manifest
from meetings.installation import Installation
from meetings.schema import revision_of
from meetings.settings import Settings
from storage import KeyFolder
from storage.durable import draft, make_folder, place

SCRATCH = ".scratch-of-backup-"


@dataclass(frozen=True)
class Made:
    """A finished run, and what a person should know about it."""

    run: Path
    files: int
    copied: int
    copied_bytes: int
    problems: tuple[str, ...]


def create(installation: Installation, folder: Path, progress: Progress = silent) -> Made:
    """Make one run in a folder of backups; raise BackupError and leave earlier runs whole."""
    settings = installation.settings
    recovery.recipient(settings.recovery_key)
    if not place_of(settings).is_there(settings):
        message = f"there is no installation in {settings.instance}, so nothing to back up"
        raise BackupError(message)
    if folder.resolve().is_relative_to(settings.instance):
        message = f"{folder} lies in the instance; a backup belongs on another disk"
        raise BackupError(message)
    with named(folder):
        make_folder(folder)
        with runs.locked(folder, writing=True), scratch(settings) as place_of_copy:
            runs.sweep(folder)
            runs.blobs_of(folder).sweep(timedelta(0))
            run = folder / runs.name_of(clock.now())
            make_folder(run)
            try:
                brought, problem = _fill(installation, run, place_of_copy, progress)
            except BaseException:
                shutil.rmtree(run, ignore_errors=True)
                raise
            return _made(run, brought, problem)


def folder_of(settings: Settings) -> Path:
    """Return the folder that the settings name; raise BackupError when they name none."""
    if not settings.backup_folder:
        message = "name a folder, or set backup_folder"
        raise BackupError(message)
    return Path(settings.backup_folder)


@contextmanager
def scratch(settings: Settings) -> Iterator[Path]:
    """Make a place for plain copies, in the instance folder; what a killed run left there goes."""
    with runs.locked(settings.instance, writing=True):
        for leftover in settings.instance.glob(f"{SCRATCH}*"):
            shutil.rmtree(leftover)
        with TemporaryDirectory(prefix=SCRATCH, dir=settings.instance) as place_of_copy:
            yield Path(place_of_copy)


def _fill(
    installation: Installation, run: Path, scratch: Path, progress: Progress
) -> tuple[Brought, str]:
    public, passing = installation.settings.recovery_key, recovery.passing_key()
    copy = scratch / "database.sqlite3"
    brought = _snapshot_with_blobs(installation, run.parent, copy, progress)
    key_folder = KeyFolder(installation.settings.keys_folder)
    audit_key = key_folder.audit
    with draft(run) as file:
        key_record = keys.close_up(key_folder.folder, file, public=public, passing=passing)
        place(file, run / keys.NAME)
    with copy.open("rb") as source, draft(run) as file:
        record = recovery.close_up(source, file, public=public, passing=passing)
        place(file, run / runs.DATABASE)
    files = {runs.DATABASE: record, keys.NAME: key_record}
    described = _describe(copy, files, brought, public).sealed(audit_key)
    copy.unlink()
    problem = checking.rehearse(run, described, passing, scratch)
    with draft(run) as file:
        file.write(described.render())
        place(file, run / manifest.NAME)
    return brought, problem


def _snapshot_with_blobs(
    installation: Installation, folder: Path, copy: Path, progress: Progress
) -> Brought:
    """Copy the database, then its files; once more if one was removed in between."""
    for _ in range(2):
        copy.unlink(missing_ok=True)
        _snapshot(installation, copy)
        with contents.opened(copy) as engine, Session(engine) as session:
            wanted = contents.blobs_of(session)
        brought = bring_all(wanted, installation.store, runs.blobs_of(folder), progress)
        if not brought.absent:
            break
    return brought


def _snapshot(installation: Installation, copy: Path) -> None:
    instance = installation.settings.instance
    try:
        place_of(installation.settings).snapshot(installation.database, copy)
    except (sqlite.Error, SQLAlchemyError) as error:
        message = f"{instance}: the database could not be copied: {error}"
        raise BackupError(message) from error
    if problem := contents.problem_of(copy):
        message = f"{instance}: the database is damaged: {problem}"
        raise BackupError(message)


def _describe(copy: Path, files: dict[str, FileRecord], brought: Brought, public: str) -> Manifest:
    with contents.opened(copy) as engine, Session(engine) as session:
        seq, head = contents.audit_head_of(session)
        return Manifest(
            program=version("nghi-su"),
            schema=str(revision_of(engine)),
            made_at=clock.now().isoformat(),
            recovery_key=recovery.fingerprint(public),
            audit_seq=seq,
            audit_head=head,
            files=files,
            blobs=brought.sizes,
            absent=brought.absent,
            tables=contents.tables_of(engine),
        )


def _made(run: Path, brought: Brought, problem: str) -> Made:
    problems = [f"missing or damaged in the store: {digest}" for digest in brought.absent]
    problems += [problem] if problem else []
    try:
        runs.thin(run.parent)
    except BackupError as error:  # what the damaged run needs is unknown, so nothing is removed
        problems.append(f"old files were not removed: {error}")
    return Made(run, len(brought.sizes), brought.copied, brought.copied_bytes, tuple(problems))
