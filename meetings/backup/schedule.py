"""When a backup is due, and what an operator should be told."""

from collections.abc import Iterator
from datetime import timedelta
from enum import StrEnum
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


class Trouble(StrEnum):
    """What can be wrong with the backups of an installation."""

    NO_KEY = "no key"
    BAD_KEY = "bad key"
    NO_FOLDER = "no folder"
    UNREADABLE = "unreadable"
    NONE_YET = "none yet"
    OLD = "old"
    SAME_DISK = "same disk"


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


def troubles(settings: Settings) -> Iterator[tuple[Trouble, dict[str, object]]]:
    """Yield what is wrong with the backups of this installation, and the facts to tell."""
    if not settings.recovery_key:
        yield Trouble.NO_KEY, {}
    else:
        try:
            recovery.recipient(settings.recovery_key)
        except BackupError:
            yield Trouble.BAD_KEY, {"key": settings.recovery_key}
    if settings.backup_folder:
        yield from _about_folder(Path(settings.backup_folder), settings.instance)
    else:
        yield Trouble.NO_FOLDER, {}


def _about_folder(folder: Path, instance: Path) -> Iterator[tuple[Trouble, dict[str, object]]]:
    facts: dict[str, object] = {"folder": folder}
    try:
        age = age_of(folder)
    except OSError:
        yield Trouble.UNREADABLE, facts
        return
    if age is None:
        yield Trouble.NONE_YET, facts
    elif age > OLD:
        yield Trouble.OLD, facts | {"hours": age // timedelta(hours=1)}
    if _shares_its_disk(folder, instance):
        yield Trouble.SAME_DISK, facts


def _shares_its_disk(folder: Path, instance: Path) -> bool:
    return folder.is_dir() and folder.stat().st_dev == instance.stat().st_dev
