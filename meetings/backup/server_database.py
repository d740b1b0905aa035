"""The PostgreSQL database: rows of a server, carried to a SQLite file and back."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import (
    Connection,
    ForeignKeyConstraint,
    Table,
    func,
    insert,
    inspect,
    make_url,
    select,
    text,
)
from sqlalchemy.exc import SQLAlchemyError

from meetings.backup import contents
from meetings.backup.errors import BackupError
from meetings.models import Base, Database
from meetings.schema import VERSION_TABLE, revision_of
from meetings.settings import Settings

ROWS = 1000


def is_there(settings: Settings) -> bool:
    """Tell whether the instance was prepared and its database has tables."""
    with _opened(settings) as database:
        return settings.instance.is_dir() and inspect(database.engine).has_table(VERSION_TABLE)


def snapshot(live: Database, target: Path) -> None:
    """Carry the rows of one moment, without sign-ins, into a new SQLite file."""
    from meetings.upgrade import migrate

    revision = revision_of(live.engine)
    migrate(f"sqlite:///{target}")
    with contents.opened(target) as engine:
        if revision_of(engine) != revision:
            message = f"the tables are of revision {revision}; first run: meetings db upgrade"
            raise BackupError(message)
        with live.reading() as session, engine.begin() as copy:
            _carry(session.connection(), copy)
    contents.pack(target)


def refuse_occupied(settings: Settings) -> None:
    """Raise BackupError where a table holds a row."""
    with _opened(settings) as database, database.engine.connect() as connection:
        present = set(inspect(connection).get_table_names())
        for table in Base.metadata.sorted_tables:
            if table.name in present and connection.scalar(select(func.count()).select_from(table)):
                name = make_url(settings.database_url).database
                message = f"database {name} holds rows; a backup is only restored into an empty one"
                raise BackupError(message)


def settle(copy: Path, settings: Settings) -> None:
    """Make the tables and carry all rows into them, in one transaction."""
    from meetings.upgrade import migrate

    migrate(f"sqlite:///{copy}")
    migrate(settings.database_url)
    with (
        _opened(settings) as database,
        contents.opened(copy) as engine,
        engine.connect() as source,
        database.writer.begin() as target,
        _references_looked_at_last(target),
    ):
        _carry(source, target)
        for table in Base.metadata.sorted_tables:
            _number_on(target, table)


@contextmanager
def _opened(settings: Settings) -> Iterator[Database]:
    database = Database(settings.database_url)
    try:
        yield database
    except SQLAlchemyError as error:
        message = f"the database cannot be used: {error}"
        raise BackupError(message) from error
    finally:
        database.close()


def _carry(source: Connection, target: Connection) -> None:
    forgotten = {table.__tablename__ for table in contents.FORGOTTEN}
    for table in Base.metadata.sorted_tables:
        if table.name not in forgotten:
            rows = source.execution_options(yield_per=ROWS).execute(select(table))
            for part in rows.mappings().partitions():
                target.execute(insert(table), [dict(row) for row in part])


@contextmanager
def _references_looked_at_last(target: Connection) -> Iterator[None]:
    """Let rows of one table refer to each other in any order (a body to its parent)."""
    references = [
        (table, constraint)
        for table in Base.metadata.sorted_tables
        for constraint in table.constraints
        if isinstance(constraint, ForeignKeyConstraint)
    ]
    _alter(target, references, "DEFERRABLE INITIALLY DEFERRED")
    yield
    target.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    _alter(target, references, "NOT DEFERRABLE")


def _alter(
    target: Connection, references: list[tuple[Table, ForeignKeyConstraint]], how: str
) -> None:
    quote = target.dialect.identifier_preparer
    for table, constraint in references:
        name = quote.format_constraint(constraint)
        target.execute(
            text(f"ALTER TABLE {quote.format_table(table)} ALTER CONSTRAINT {name} {how}")
        )


def _number_on(target: Connection, table: Table) -> None:
    """Let a table that numbers its rows go on after the greatest number."""
    column = table.autoincrement_column
    if column is not None:
        sequence = func.pg_get_serial_sequence(table.name, column.name)
        newest = select(func.max(column)).scalar_subquery()
        target.execute(select(func.setval(sequence, newest)))
