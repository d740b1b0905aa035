"""When a backup is due, and what an operator should be told."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from meetings import clock
from meetings.backup import recovery, runs
from meetings.backup.errors import BackupError
from meetings.models import Meeting, MeetingState
from meetings.settings import Settings

NIGHT = range(1, 5)  # hours in Vietnam in which nobody waits for the worker
NIGHTLY = timedelta(hours=20)
OVERDUE = timedelta(hours=25)
IN_SESSION = timedelta(minutes=5)
OLD = timedelta(hours=26)


def is_due(settings: Settings, *, in_session: bool = False) -> bool:
    """Tell whether a run should be made now.

    At night; at once after a night without one; every five minutes while a meeting runs.
    """
    if not settings.backup_folder or not settings.recovery_key:
        return False
    try:
        age = age_of(Path(settings.backup_folder))
    except OSError:  # the run itself says what is wrong with the folder
        return True
    if age is None:
        return True
    if in_session and age >= IN_SESSION:
        return True
    at_night = clock.local(clock.now()).hour in NIGHT
    return age > (NIGHTLY if at_night else OVERDUE)


def meeting_runs(session: Session) -> bool:
    """Tell whether a meeting is being held now."""
    now = clock.now()
    query = select(Meeting.id).where(
        Meeting.state != MeetingState.PLANNED, Meeting.starts_at <= now, Meeting.ends_at > now
    )
    return session.scalar(query.limit(1)) is not None


def age_of(folder: Path) -> timedelta | None:
    """Return the age of the newest run, or nothing when there is none."""
    moments = [moment for run in runs.runs_of(folder) if (moment := runs.moment_of(run))]
    return clock.now() - max(moments) if moments else None


def warnings(settings: Settings) -> Iterator[str]:
    """Yield what is wrong with the backups of this installation."""
    if not settings.recovery_key:
        yield f"no recovery_key is set, so no backup can be made; {recovery.ADVICE}"
    else:
        try:
            recovery.recipient(settings.recovery_key)
        except BackupError as error:
            yield str(error)
    if not settings.backup_folder:
        yield "no backup_folder is set; nothing is backed up by itself"
        return
    yield from _about_folder(Path(settings.backup_folder), settings.instance)


def _about_folder(folder: Path, instance: Path) -> Iterator[str]:
    try:
        age = age_of(folder)
    except OSError as error:
        yield f"the backups in {folder} cannot be read: {error.strerror}"
        return
    if age is None:
        yield f"there is no backup in {folder}"
    elif age > OLD:
        yield f"the newest backup in {folder} is {age // timedelta(hours=1)} hours old"
    if _shares_its_disk(folder, instance):
        yield f"{folder} is on the disk of the instance; both would be lost together"


def _shares_its_disk(folder: Path, instance: Path) -> bool:
    return folder.is_dir() and folder.stat().st_dev == instance.stat().st_dev
