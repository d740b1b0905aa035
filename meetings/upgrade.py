"""Bringing a database to this version of the program, with a copy of it kept before."""

from contextlib import suppress
from pathlib import Path

from alembic import command
from alembic.config import Config

from meetings.models import Database
from meetings.models.dialects import dialect_of
from meetings.models.dialects.dialect import CopyFailed
from meetings.schema import MIGRATIONS, UpgradeFailed, revision_of, revisions
from storage.durable import sync_folder

KEPT = 3
DRAFT = "draft"


def migration_config(database_url: str) -> Config:
    """Return Alembic's configuration for a database."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("sqlalchemy.url", database_url.replace("%", "%%"))
    return config


def migrate(database_url: str) -> None:
    """Run the migrations that are missing."""
    command.upgrade(migration_config(database_url), "head")


def upgrade(database_url: str, copies: Path) -> None:
    """Run the migrations that are missing; raise UpgradeFailed where one cannot be run.

    All of them are one transaction, so that a failure changes nothing; the copy is for the day on
    which one that did not fail turns out to be wrong.
    """
    current = _revision(database_url)
    if current is None:
        migrate(database_url)
    elif current != revisions()[-1]:
        copy = _copy_or_say_why_not(database_url, copies, current)
        try:
            migrate(database_url)
        except Exception as error:
            message = f"The database stays at {current}, its copy is {copy}. {error}"
            raise UpgradeFailed(message) from error


def _revision(database_url: str) -> str | None:
    database = Database(database_url)
    try:
        return revision_of(database.engine)
    finally:
        database.close()


def _copy_or_say_why_not(database_url: str, copies: Path, revision: str) -> str:
    try:
        return _keep_copy(database_url, copies, revision)
    except (OSError, CopyFailed) as error:
        with suppress(OSError):
            (copies / DRAFT).unlink(missing_ok=True)
        message = f"The database stays at {revision}: no copy of it could be kept. {error}"
        raise UpgradeFailed(message) from error


def _keep_copy(database_url: str, copies: Path, revision: str) -> str:
    """Copy the database into a file; the newest few are kept."""
    dialect = dialect_of(database_url)
    copies.mkdir(mode=0o700, exist_ok=True)
    copy, draft = copies / f"{revision}{dialect.copy_suffix}", copies / DRAFT
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    dialect.copy(database_url, draft)
    draft.replace(copy)
    sync_folder(copies)
    kept = copies.glob(f"*{dialect.copy_suffix}")
    oldest_last = sorted(kept, key=lambda f: f.stat().st_mtime, reverse=True)
    for old in oldest_last[KEPT:]:
        old.unlink()
    return str(copy)
