"""PostgreSQL: a server, readers with a snapshot each and one writer at a time, by agreement."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from meetings.models.dialects.dialect import CopyFailed, Dialect, Health, Pool, Pulse

WRITER = 0x6E676869  # the number that our writers agree on; locks are counted in each database
# compiling a plan takes longer than any of our short questions; trees of bodies look costly to it
SETTINGS = (
    "lock_timeout = '5s'",
    "synchronous_commit = on",
    "timezone = 'UTC'",
    "jit = off",
)
# serialization failure, deadlock, lock not available (postgresql.org/docs, appendix A)
IN_THE_WAY = frozenset({"40001", "40P01", "55P03"})
DISK_FULL = "53100"
KEEP_COMMITS = ("fsync", "full_page_writes", "synchronous_commit")


def _connect(url: str, pool: Pool) -> Engine:
    engine = create_engine(url, pool_pre_ping=True, **pool)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: object) -> None:
    for setting in SETTINGS:
        connection.execute(f"SET {setting}")
    connection.commit()


def _begin(connection: Connection) -> None:
    """Wait for the other writers; what comes after sees all that they committed."""
    if connection.get_execution_options().get("write"):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITER})")


def _is_in_the_way(error: OperationalError) -> bool:
    return getattr(error.orig, "sqlstate", None) in IN_THE_WAY


def _is_full(error: OperationalError) -> bool:
    return getattr(error.orig, "sqlstate", None) == DISK_FULL


@contextmanager
def _pulse(engine: Engine) -> Iterator[Pulse]:
    """Watch the newest event: one writer at a time numbers them in the order of commits."""

    def newest_event() -> int:
        with engine.connect() as connection:
            newest: int = connection.exec_driver_sql(
                "SELECT coalesce(max(seq), 0) FROM event"
            ).scalar_one()
            return newest

    yield newest_event


def _health(session: Session) -> Health:
    names = ("server_version", "data_checksums", *KEEP_COMMITS)
    shown = {name: session.scalar(text(f"SHOW {name}")) for name in names}
    off = [f"{name} = off" for name in KEEP_COMMITS if shown[name] == "off"]
    version = ", ".join([str(shown["server_version"]), *off])
    return Health("PostgreSQL", version, not off, shown["data_checksums"] == "on")


def _damage(session: Session) -> Iterator[str]:
    failures = session.scalar(
        text("SELECT checksum_failures FROM pg_stat_database WHERE datname = current_database()")
    )
    if failures:
        yield f"database: {failures} pages were not what their checksums say"


def _empty_log(engine: Engine) -> bool:
    """Remove dead rows from their pages; the server's own log is recycled in its time.

    Of our tables alone: those that all databases of a server share others may be waiting for.
    """
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        quoted = connection.dialect.identifier_preparer.quote
        tables = ", ".join(map(quoted, inspect(connection).get_table_names()))
        connection.exec_driver_sql(f"VACUUM {tables}")
    return True


def _copy(url: str, target: Path) -> None:
    program = shutil.which("pg_dump")
    if program is None:
        message = "pg_dump is missing; install postgresql-client"
        raise CopyFailed(message)
    address = make_url(url).set(drivername="postgresql")
    password = {"PGPASSWORD": address.password} if address.password else {}
    shown = address._replace(password=None).render_as_string()
    command = [program, "--format=custom", f"--file={target}", f"--dbname={shown}"]
    outcome = subprocess.run(
        command, env=os.environ | password, capture_output=True, text=True, check=False
    )
    if outcome.returncode:
        raise CopyFailed(outcome.stderr.strip())


POSTGRES = Dialect(
    connect=_connect,
    reading={"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
    writing={"isolation_level": "READ COMMITTED", "write": True},
    is_in_the_way=_is_in_the_way,
    is_full=_is_full,
    pulse=_pulse,
    health=_health,
    damage=_damage,
    empty_log=_empty_log,
    copy=_copy,
    copy_suffix=".pgdump",
)
