"""The nightly backup as a job: a failure is tried again and then stands where people look."""

import logging
import time
from collections.abc import Callable

from meetings import jobs, periodic
from meetings.backup import schedule, services
from meetings.backup.errors import BackupError

KIND = "backup.create"
TELL_SECONDS = 5.0

logger = logging.getLogger(__name__)

periodic.declare(
    KIND,
    periodic.Nightly(schedule.OVERDUE, provided=schedule.is_set_up),
    periodic.Every(schedule.IN_SESSION, provided=schedule.meeting_runs),
    periodic.Every(schedule.FIRST, provided=schedule.holds_no_run),
)


@jobs.handles(KIND)
def create(run: jobs.Run) -> None:
    """Make a backup; one that lacks files is made, and fails the job all the same."""
    folder = services.folder_of(run.installation.settings)
    made = services.create(run.installation, folder, _now_and_then(run.progress))
    logger.info("backup=%s files=%s copied=%s", made.run.name, made.files, made.copied)
    if made.problems:
        message = f"{made.run.name} was made, but {made.problems[0]}"
        raise BackupError(message)


def _now_and_then(tell: Callable[[int, int], None]) -> Callable[[int, int], None]:
    """Return a progress that writes to the database every few seconds only."""
    told = time.monotonic()

    def progress(done: int, total: int) -> None:
        nonlocal told
        if time.monotonic() - told >= TELL_SECONDS:
            told = time.monotonic()
            tell(done, total)

    return progress
