"""The SQLite database: a file of the instance."""

from contextlib import closing
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import delete, make_url

from meetings.backup import contents
from meetings.backup.errors import BackupError
from meetings.models import Database
from meetings.settings import Settings
from storage.durable import make_folder, sync_folder


def is_there(settings: Settings) -> bool:
    """Tell whether the file is there."""
    return _file(settings).is_file()


def snapshot(live: Database, target: Path) -> None:
    """Copy the database by SQLite's own means, without sign-ins, and pack it."""
    with closing(sqlite.connect(str(target))) as copy:
        with closing(live.engine.raw_connection()) as source:
            driver: Any = source.dbapi_connection
            driver.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
    with contents.opened(target) as engine, engine.begin() as connection:
        for table in contents.FORGOTTEN:
            connection.execute(delete(table))
    contents.pack(target)


def refuse_occupied(settings: Settings) -> None:
    """Raise BackupError where a file is already."""
    if is_there(settings):
        message = f"{_file(settings)} exists; a backup is only restored where none does"
        raise BackupError(message)


def settle(copy: Path, settings: Settings) -> None:
    """Move the copy to the place of the file."""
    target = _file(settings)
    make_folder(target.parent)
    copy.replace(target)
    sync_folder(target.parent)


def _file(settings: Settings) -> Path:
    return Path(make_url(settings.database_url).database or "")
