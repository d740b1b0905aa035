"""What the database of a backup says: counts and digests of its tables, the files it refers to."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import Connection, Engine, column, create_engine, select, table
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from meetings.backup.manifest import TableRecord
from meetings.models import AuditEntry, DocumentVersion, EnrolmentCode, OneTimeSecret, Page, SignIn

BLOBS = (
    DocumentVersion.blob,
    DocumentVersion.viewing,
    DocumentVersion.contents,
    Page.small_image,
    Page.large_image,
    Page.thumbnail,
    Page.light_image,
    Page.words,
    Page.text,
)
FORGOTTEN = (SignIn, OneTimeSecret, EnrolmentCode)
ROWS = 1000
TABLES = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
    " ORDER BY name"
)
COLUMNS = "SELECT name, pk FROM pragma_table_info(?) ORDER BY cid"


@contextmanager
def opened(file: Path) -> Iterator[Engine]:
    """Open the database of a backup, which nobody else uses."""
    engine = create_engine(f"sqlite:///{file}", module=sqlite, poolclass=NullPool)
    try:
        yield engine
    finally:
        engine.dispose()


def pack(file: Path) -> None:
    """Make a database one file that holds nothing of removed rows."""
    with closing(sqlite.connect(str(file))) as copy:
        copy.execute("PRAGMA journal_mode=DELETE")
        copy.execute("VACUUM")


def problem_of(file: Path) -> str:
    """Return what SQLite finds wrong with a database, or nothing."""
    try:
        with closing(sqlite.connect(str(file))) as database:
            [found] = database.execute("PRAGMA integrity_check(1)").fetchone()
            dangling = database.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite.DatabaseError as error:
        return str(error)
    if found != "ok":
        return str(found)
    return f"a row of {dangling[0]} refers to a row that is not there" if dangling else ""


def tables_of(engine: Engine) -> dict[str, TableRecord]:
    """Return rows and digest of every table, the same for the same content in any file.

    Tables are read as the database describes them, so that an older backup needs no older program.
    """
    with engine.connect() as connection:
        names = connection.exec_driver_sql(TABLES).scalars().all()
        return {name: _record(connection, name) for name in names}


def _record(connection: Connection, name: str) -> TableRecord:
    described = connection.exec_driver_sql(COLUMNS, (name,)).all()
    columns = [one.name for one in described]
    keys = [one.name for one in sorted(described, key=lambda one: one.pk) if one.pk]
    query = select(table(name, *map(column, columns))).order_by(*map(column, keys or columns))
    digest, rows = hashlib.sha256(json.dumps(columns).encode()), 0
    for row in connection.execute(query, execution_options={"yield_per": ROWS}):
        values = [{"b": v.hex()} if isinstance(v, bytes) else v for v in row]
        digest.update(json.dumps(values, separators=(",", ":")).encode() + b"\n")
        rows += 1
    return TableRecord(rows, digest.hexdigest())


def blobs_of(session: Session) -> set[str]:
    """Return the names of all encrypted files that the database refers to."""
    return {name for column in BLOBS for name in session.scalars(select(column)) if name}


def audit_head_of(session: Session) -> tuple[int, str]:
    """Return number and digest of the ledger's last line."""
    last = session.execute(
        select(AuditEntry.seq, AuditEntry.digest).order_by(AuditEntry.seq.desc()).limit(1)
    ).first()
    return (last.seq, last.digest) if last else (0, "")
