"""The folder of backups: its runs, who may write to it, which runs are kept."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from meetings import clock
from meetings.backup import manifest
from meetings.backup.errors import BackupError, Busy
from storage import Store
from storage.durable import sync_folder

DATABASE = "database.age"
FORM = "%Y-%m-%dT%H-%M-%S-%fZ"
KEPT: tuple[tuple[int, Callable[[datetime], object]], ...] = (
    (7, lambda moment: clock.local(moment).date()),
    (5, lambda moment: clock.local(moment).isocalendar()[:2]),
    (12, lambda moment: (clock.local(moment).year, clock.local(moment).month)),
)


def name_of(moment: datetime) -> str:
    """Return the name of the run that began at a moment."""
    return moment.astimezone(UTC).strftime(FORM)


def moment_of(run: Path) -> datetime | None:
    """Return when a run began; nothing for a folder that is no run."""
    try:
        return datetime.strptime(run.name, FORM).replace(tzinfo=UTC)
    except ValueError:
        return None


def runs_of(folder: Path) -> list[Path]:
    """Return the finished runs, oldest first."""
    return [run for run in _folders(folder) if (run / manifest.NAME).exists()]


def chosen_run(folder: Path, name: str | None) -> Path:
    """Return the run of a name, or the newest; raise BackupError when there is none."""
    runs = runs_of(folder)
    found = [run for run in runs if name in (None, run.name)]
    if found:
        return found[-1]
    known = ", ".join(run.name for run in runs) or "none"
    message = f"{folder} holds no finished run {name or ''}".rstrip() + f" (runs: {known})"
    raise BackupError(message)


def blobs_of(folder: Path) -> Store:
    """Return the store of encrypted files that all runs share."""
    return Store(folder / "blobs", floor=0)


@contextmanager
def locked(folder: Path, *, writing: bool) -> Iterator[None]:
    """Hold the folder, alone for writing; raise BackupError when somebody else does."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, (fcntl.LOCK_EX if writing else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        message = f"{folder} is in use by another backup command; try again later"
        raise Busy(message) from error
    finally:
        os.close(handle)


def sweep(folder: Path) -> None:
    """Remove runs that were never finished."""
    for run in _folders(folder):
        if not (run / manifest.NAME).exists():
            shutil.rmtree(run)


def thin(folder: Path) -> None:
    """Remove runs that need not be kept, then encrypted files that no run names."""
    runs = runs_of(folder)
    kept = kept_of(runs)
    for run in runs:
        if run not in kept:
            (run / manifest.NAME).unlink()
            sync_folder(run)
            shutil.rmtree(run)
    wanted: set[str] = set()
    for run in kept:
        wanted.update(manifest.read(run).blobs)
    store = blobs_of(folder)
    for digest in set(store.digests()) - wanted:
        store.remove(digest)


def kept_of(runs: Sequence[Path]) -> list[Path]:
    """Return the newest run of each of the last 7 days, 5 weeks and 12 months that have one."""
    newest_first = sorted(runs, reverse=True)
    kept = set()
    for number, period in KEPT:
        newest: dict[object, Path] = {}
        for run in newest_first:
            newest.setdefault(period(moment_of(run) or datetime.min.replace(tzinfo=UTC)), run)
        kept.update(list(newest.values())[:number])
    return sorted(kept)


def _folders(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.is_dir() and moment_of(path))
