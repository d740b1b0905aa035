"""What can go wrong with a backup, as a sentence for the person who must act."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pysqlite3 import dbapi2 as sqlite
from sqlalchemy.exc import SQLAlchemyError

from meetings.schema import UpgradeFailed
from storage import StorageError
from storage.store import FULL


class BackupError(Exception):
    """A backup cannot be made, trusted or brought back; the message says why."""


class Busy(BackupError):
    """Another command is at it; later it may go."""


@contextmanager
def named(place: Path) -> Iterator[None]:
    """Turn an error of disk, database or keys into a sentence that names the place."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL | {errno.EFBIG}:
            message = f"{place}: the disk is full; nothing was finished"
        else:
            message = f"{error.filename or place}: {error.strerror or error}"
        raise BackupError(message) from error
    except (StorageError, UpgradeFailed) as error:
        raise BackupError(str(error)) from error
    except (sqlite.Error, SQLAlchemyError) as error:
        said = str(error).partition("\n")[0]  # what follows is the statement
        message = f"{place}: the database failed: {said}"
        raise BackupError(message) from error
