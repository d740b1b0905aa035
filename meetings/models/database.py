"""The database: one engine, reading sessions that share and writing sessions that queue."""

import time
from collections.abc import Callable
from typing import Any, TypeVar

from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

# earlier ones may lose commits when the log restarts (sqlite.org/wal.html)
OLDEST_SQLITE = (3, 51, 3)
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "busy_timeout=5000",
    "foreign_keys=ON",
    "secure_delete=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
)
ATTEMPTS = 5
Result = TypeVar("Result")


class Database:
    """One engine and the two ways to open a session on it."""

    def __init__(self, url: str) -> None:
        self.engine = connect(url)
        self._read = sessionmaker(self.engine, expire_on_commit=False)
        self._write = sessionmaker(
            self.engine.execution_options(write=True), expire_on_commit=False
        )

    def reading(self) -> Session:
        """Return a session whose transaction only reads."""
        return self._read()

    def writing(self) -> Session:
        """Return a session whose transaction may write; one at a time on SQLite."""
        return self._write()

    def write(self, change: Callable[[Session], Result]) -> Result:
        """Run a change in a transaction of its own, again when another writer was in the way."""
        for attempt in range(ATTEMPTS):
            try:
                with self.writing() as session, session.begin():
                    return change(session)
            except OperationalError as error:
                if attempt + 1 == ATTEMPTS or "locked" not in str(error):
                    raise
                time.sleep(0.05 * 2**attempt)
        raise AssertionError  # pragma: no cover - the loop returns or raises

    def empty_log(self) -> bool:
        """Bring what was written and deleted into the database file, and empty its log.

        Tell whether it could be done: whoever reads meanwhile holds it up. What was deleted is
        zeros then (secure_delete), nowhere in the log either.
        """
        if self.engine.dialect.name != "sqlite":
            return True
        connection = self.engine.raw_connection()
        try:
            busy, *_ = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return not busy
        finally:
            connection.close()

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


def connect(url: str) -> Engine:
    """Return an engine for a database address."""
    if not url.startswith("sqlite"):  # pragma: no cover - tried from issue 2 on, on a real server
        return create_engine(url, pool_pre_ping=True)
    if sqlite.sqlite_version_info < OLDEST_SQLITE:  # pragma: no cover - the lock file pins it
        message = f"SQLite {sqlite.sqlite_version} may lose data; install the locked packages"
        raise RuntimeError(message)
    engine = create_engine(url, module=sqlite, pool_size=16, max_overflow=48)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver starts no transaction behind our back
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    write = connection.get_execution_options().get("write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
