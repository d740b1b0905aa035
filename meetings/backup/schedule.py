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

OVERDUE = timedelta(hours=25)
FIRST = timedelta(days=1)
UNCHECKED = timedelta(hours=30)
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


def is_set_up(_session: Session, settings: Settings) -> bool:
    """Tell whether backups can be made by themselves."""
    return bool(settings.backup_folder and settings.recovery_key)


def holds_no_run(session: Session, settings: Settings) -> bool:
    """Tell whether the folder of backups is empty; of one that cannot be read, the run tells."""
    if not is_set_up(session, settings):
        return False
    try:
        return age_of(Path(settings.backup_folder)) is None
    except OSError:
        return True


def meeting_runs(session: Session, settings: Settings) -> bool:
    """Tell whether a meeting is being held now that is to be backed up."""
    now = clock.now()
    query = select(Meeting.id).where(
        Meeting.state != MeetingState.PLANNED, Meeting.starts_at <= now, Meeting.ends_at > now
    )
    return is_set_up(session, settings) and session.scalar(query.limit(1)) is not None


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
