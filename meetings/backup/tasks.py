"""The nightly backup and its check as jobs: a failure stands where people look."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from meetings import audit, jobs, periodic
from meetings.backup import checking, schedule, services
from meetings.backup.errors import BackupError, Busy
from meetings.help.queries import BACKUP_CHECKED, BACKUP_MADE

KIND = "backup.create"
CHECK = "backup.check"
TELL_SECONDS = 5.0

logger = logging.getLogger(__name__)

periodic.declare(
    KIND,
    periodic.Nightly(schedule.OVERDUE, provided=schedule.is_set_up),
    periodic.Every(schedule.IN_SESSION, provided=schedule.meeting_runs),
    periodic.Every(schedule.FIRST, provided=schedule.holds_no_run),
)


periodic.declare(CHECK, periodic.Nightly(schedule.UNCHECKED, provided=schedule.is_set_up))


@jobs.handles(KIND)
def create(run: jobs.Run) -> None:
    """Make a backup; one that lacks files is made, and fails the job all the same."""
    with _written_down(run, BACKUP_MADE) as found:
        folder = services.folder_of(run.installation.settings)
        made = services.create(run.installation, folder, _now_and_then(run.progress))
        logger.info("backup=%s files=%s copied=%s", made.run.name, made.files, made.copied)
        found.update(run=made.run.name, files=made.files)
        if made.problems:
            message = f"{made.run.name} was made, but {made.problems[0]}"
            raise BackupError(message)


@jobs.handles(CHECK, jobs.Urgency.WHEN_IDLE)
def check(run: jobs.Run) -> None:
    """Read the newest run back and compare it with its manifest; what is damaged stays so."""
    folder = services.folder_of(run.installation.settings)
    try:
        with _written_down(run, BACKUP_CHECKED) as found:
            whole = checking.verify(folder, progress=_now_and_then(run.progress))
            found.update(run=whole.run, files=whole.files)
    except Busy:
        raise
    except BackupError as error:
        raise jobs.Unrepairable(str(error)) from error


@contextmanager
def _written_down(run: jobs.Run, action: str) -> Iterator[dict[str, Any]]:
    """Write what was found into the ledger, also the problem that ended it."""
    found: dict[str, Any] = {"run": "", "files": 0, "problem": ""}
    try:
        yield found
    except Busy:
        raise
    except BackupError as error:
        _record(run, action, found | {"problem": str(error)[:500]})
        raise
    _record(run, action, found)


def _record(run: jobs.Run, action: str, found: dict[str, Any]) -> None:
    deed = audit.Deed(action=action, detail=found)
    run.installation.database.write(lambda session: audit.record(session, deed))


def _now_and_then(tell: Callable[[int, int], None]) -> Callable[[int, int], None]:
    """Return a progress that writes to the database every few seconds only."""
    told = time.monotonic()

    def progress(done: int, total: int) -> None:
        nonlocal told
        if time.monotonic() - told >= TELL_SECONDS:
            told = time.monotonic()
            tell(done, total)

    return progress
