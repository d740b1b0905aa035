"""The database: reading sessions that share connections, writing sessions that queue for one."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TypeVar

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from meetings.models.dialects import READERS, WRITERS, Pulse, dialect_of

PAUSES = (0.05, 0.1, 0.2, 0.4)
Result = TypeVar("Result")


class Database:
    """Two pools of connections, and the two ways to open a session on them.

    Writers have their own: whoever reads may write aside, and never waits for other readers then.
    """

    def __init__(self, url: str) -> None:
        self.dialect = dialect_of(url)
        self.engine = self.dialect.connect(url, READERS)
        self.writer = self.dialect.connect(url, WRITERS).execution_options(**self.dialect.writing)
        options = self.dialect.reading  # where there are none, a second engine only costs time
        reader = self.engine.execution_options(**options) if options else self.engine
        self._read = sessionmaker(reader, expire_on_commit=False)
        self._write = sessionmaker(self.writer, expire_on_commit=False)

    def reading(self) -> Session:
        """Return a session whose transaction only reads."""
        return self._read()

    def writing(self) -> Session:
        """Return a session whose transaction may write; one at a time."""
        return self._write()

    def write(self, change: Callable[[Session], Result]) -> Result:
        """Run a change in a transaction of its own, again when another writer was in the way."""
        for pause in PAUSES:
            try:
                return self._once(change)
            except OperationalError as error:
                if not self.dialect.is_in_the_way(error):
                    raise
                time.sleep(pause)
        return self._once(change)

    def _once(self, change: Callable[[Session], Result]) -> Result:
        with self.writing() as session, session.begin():
            return change(session)

    def pulse(self) -> AbstractContextManager[Pulse]:
        """Return what tells, while it is open, whether others committed something."""
        return self.dialect.pulse(self.engine)

    def empty_log(self) -> bool:
        """Bring what was written and deleted into the database file, and empty its log.

        Tell whether it could be done: whoever reads meanwhile holds it up. What was deleted is
        zeros then (secure_delete), nowhere in the log either.
        """
        return self.dialect.empty_log(self.engine)

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()
        self.writer.dispose()

    def forget(self) -> None:
        """Leave every connection to the process from which this one came."""
        self.engine.dispose(close=False)
        self.writer.dispose(close=False)
