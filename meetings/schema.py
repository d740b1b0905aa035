"""The versions of the tables: which one a database has, and which ones this program knows.

Read here rather than through Alembic, which would take ten megabytes of every idle process.
"""

from functools import cache
from pathlib import Path

from sqlalchemy import Engine, MetaData, Table, func, inspect, select

from meetings.models import Database

MIGRATIONS = Path(__file__).with_name("migrations")
VERSION_TABLE = "alembic_version"


class UpgradeFailed(Exception):
    """The database stays at its old version; the message says where the copy of it lies."""


@cache
def revisions() -> tuple[str, ...]:
    """Return the numbers of the migrations, oldest first."""
    return tuple(sorted(file.name[:4] for file in MIGRATIONS.glob("versions/[0-9]*.py")))


def revision_of(engine: Engine) -> str | None:
    """Return the version of the tables; None where there are none."""
    if not inspect(engine).has_table(VERSION_TABLE):
        return None
    version = Table(VERSION_TABLE, MetaData(), autoload_with=engine)
    with engine.connect() as connection:
        revision: str | None = connection.scalar(select(func.max(version.c.version_num)))
        return revision


def is_up_to_date(database_url: str) -> bool:
    """Tell whether a database has the tables of this program."""
    database = Database(database_url)
    try:
        return revision_of(database.engine) == revisions()[-1]
    finally:
        database.close()
