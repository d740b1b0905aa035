"""SQLite: a file of ours, readers that share it and one writer at a time."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from meetings.models.dialects.dialect import CopyFailed, Dialect, Health, Pool, Pulse

# earlier ones may lose commits when the log restarts (sqlite.org/wal.html)
OLDEST = (3, 51, 3)
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "busy_timeout=5000",
    "foreign_keys=ON",
    "secure_delete=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
)


def _connect(url: str, pool: Pool) -> Engine:
    if sqlite.sqlite_version_info < OLDEST:
        message = f"SQLite {sqlite.sqlite_version} may lose data; install the locked packages"
        raise RuntimeError(message)
    engine = create_engine(url, module=sqlite, **pool)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver starts no transaction behind our back
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get("write"):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:  # waits for nobody, so nothing of what a statement costs is needed
        driver: Any = connection.connection.dbapi_connection
        driver.execute("BEGIN")


def _is_in_the_way(error: OperationalError) -> bool:
    return "locked" in str(error)


def _is_full(error: OperationalError) -> bool:
    return "database or disk is full" in str(error)


@contextmanager
def _pulse(engine: Engine) -> Iterator[Pulse]:
    """Watch a number that changes when any other connection commits (sqlite.org/pragma.html)."""
    with engine.connect() as connection:

        def data_version() -> int:
            version: int = connection.exec_driver_sql("PRAGMA data_version").scalar_one()
            connection.rollback()  # left open it would keep the write-ahead log from shrinking
            return version

        yield data_version


def _health(_session: Session) -> Health:
    return Health("SQLite", sqlite.sqlite_version, sqlite.sqlite_version_info >= OLDEST)


def _damage(session: Session) -> Iterator[str]:
    for (found,) in session.execute(text("PRAGMA integrity_check")):
        if found != "ok":
            yield f"database: {found}"
    for table, row, parent, _ in session.execute(text("PRAGMA foreign_key_check")):
        yield f"database: {table} {row} names a row of {parent} that is not there"


def _empty_log(engine: Engine) -> bool:
    with closing(engine.raw_connection()) as connection:
        busy, *_ = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy


def _copy(url: str, target: Path) -> None:
    try:
        with closing(sqlite.connect(str(target))) as copy:
            with closing(sqlite.connect(make_url(url).database or "")) as source:
                source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
    except sqlite.Error as error:
        raise CopyFailed(str(error)) from error


SQLITE = Dialect(
    connect=_connect,
    reading={},
    writing={"write": True},
    is_in_the_way=_is_in_the_way,
    is_full=_is_full,
    pulse=_pulse,
    health=_health,
    damage=_damage,
    empty_log=_empty_log,
    copy=_copy,
    copy_suffix=".sqlite3",
)
