"""Bringing an installation back from a run, into an instance that holds nothing yet."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from meetings import audit, jobs
from meetings.archive import tasks as archive_tasks
from meetings.backup import checking, keys, manifest, recovery, runs
from meetings.backup.blobs import Brought, Progress, bring_all, silent
from meetings.backup.databases import place_of
from meetings.backup.errors import BackupError, named
from meetings.backup.manifest import Manifest
from meetings.backup.services import scratch
from meetings.installation import Installation
from meetings.settings import Settings
from storage import Store
from storage.durable import make_folder

ALLOWED = frozenset({"settings.toml"})


@dataclass(frozen=True)
class Restored:
    """An installation that runs again, and what it lacks."""

    run: str
    files: int
    queued: int
    problems: tuple[str, ...]


def restore(
    settings: Settings,
    folder: Path,
    identity: Path,
    name: str | None = None,
    progress: Progress = silent,
) -> Restored:
    """Bring a run back into an empty instance; raise BackupError before anything is written.

    A damaged file stops nothing: it is a problem of the outcome, and the rest is there.
    """
    refuse_occupied(settings)
    secret = recovery.read_identity(identity)
    with named(settings.instance):
        with runs.locked(folder, writing=False):
            run = runs.chosen_run(folder, name)
            record = manifest.read(run)
            files = _bring(settings, run, record, secret, progress)
        queued = _wake(settings, run.name)
    lost = [f"missing or damaged: {digest}" for digest in files.absent + record.absent]
    return Restored(run.name, len(files.sizes), queued, tuple(lost))


def _bring(
    settings: Settings, run: Path, record: Manifest, secret: Any, progress: Progress
) -> Brought:
    """Bring files, keys and, as the last thing, the database to their places."""
    checking.check_files(run, record)
    checking.check_identity(record, secret)
    held = checking.open_keys(run, record, secret)
    make_folder(settings.instance)
    with scratch(settings) as place_of_copy:
        copy = place_of_copy / "database.sqlite3"
        checking.open_database(run, record, secret, copy)
        target = Store(settings.blobs_folder, floor=0)
        brought = bring_all(record.blobs, runs.blobs_of(run.parent), target, progress)
        keys.write(held, settings.keys_folder)
        place_of(settings).settle(copy, settings)
    return brought


def refuse_occupied(settings: Settings) -> None:
    """Raise BackupError where an installation, or a part of one, is already."""
    for folder, allowed in ((settings.instance, ALLOWED), (settings.keys_folder, frozenset())):
        present = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
        if present - allowed:
            message = f"{folder} is not empty; a backup is only restored into an empty instance"
            raise BackupError(message)
    place_of(settings).refuse_occupied(settings)


def _wake(settings: Settings, run: str) -> int:
    """Bring the tables to this program, queue the index, and write down what happened."""
    installation = Installation(settings).prepare()
    deed = audit.Deed(action="backup:restore", detail={"run": run})

    def change(session: Session) -> None:
        audit.record(session, deed)
        jobs.begin_anew(session)

    try:
        installation.database.write(change)
        return archive_tasks.reconcile(installation)
    finally:
        installation.close()
