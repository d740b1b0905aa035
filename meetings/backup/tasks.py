"""The nightly backup as a job: a failure is tried again and then stands where people look."""

import logging
import time
from collections.abc import Callable

from meetings import clock, jobs
from meetings.backup import schedule, services
from meetings.backup.errors import BackupError
from meetings.installation import Installation

KIND = "backup.create"
EVERY_SECONDS = 60.0
TELL_SECONDS = 5.0

logger = logging.getLogger(__name__)


def order_if_due(installation: Installation) -> None:
    """Queue a backup when one is due, at most one a day and one every five minutes of a meeting."""
    with installation.database.reading() as session:
        in_session = schedule.meeting_runs(session)
        if not schedule.is_due(installation.settings, in_session=in_session):
            return
        minutes = int(clock.now().timestamp() // schedule.IN_SESSION.total_seconds())
        key = f"backup:{minutes if in_session else clock.today()}"
        if jobs.latest(session, key):
            return
    installation.database.write(lambda session: jobs.enqueue(session, KIND, {}, key=key))


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
