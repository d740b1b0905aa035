"""Statements that every request asks: put into a driver's words once, then only handed over."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect, Select
from sqlalchemy.exc import MultipleResultsFound
from sqlalchemy.orm import Session

Turn = Callable[[Any], Any] | None


class _Words(NamedTuple):
    """A statement as one driver takes it, and how values turn on their way there and back."""

    sql: str
    order: tuple[str, ...] | None
    fixed: dict[str, Any]
    there: dict[str, Turn]
    back: tuple[Turn, ...]


def settled(session: Session) -> Connection:
    """Return a session's connection once it knows what the session has changed."""
    session.flush()
    return session.connection()


class Prepared:
    """A select of plain columns; finding out anew what it says costs more than its answer.

    A list of values (`in_`) belongs to the statement: its length is part of the words.
    """

    def __init__(self, statement: Select[*tuple[Any, ...]]) -> None:
        self._statement = statement
        self._known: dict[str, _Words] = {}

    def one_or_none(
        self, connection: Connection, given: Mapping[str, Any]
    ) -> tuple[Any, ...] | None:
        """Return the only row there is, or nothing; raise MultipleResultsFound."""
        rows = self.all(connection, given)
        if len(rows) > 1:
            raise MultipleResultsFound
        return rows[0] if rows else None

    def all(self, connection: Connection, given: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Return every row there is."""
        words = self._words(connection.dialect)
        asked: Any = words.fixed | {n: _turned(turn, given[n]) for n, turn in words.there.items()}
        if words.order:
            asked = tuple(asked[name] for name in words.order)
        rows = _rows(connection, words.sql, asked)
        return [tuple(map(_turned, words.back, row)) for row in rows]

    def _words(self, dialect: Dialect) -> _Words:
        words = self._known.get(dialect.name)
        if words is None:
            words = self._known[dialect.name] = self._put_into_words(dialect)
        return words

    def _put_into_words(self, dialect: Dialect) -> _Words:
        compiled: Any = self._statement.compile(dialect=dialect)
        asked = [name for name, bind in compiled.binds.items() if bind.required]
        written = compiled.construct_expanded_state(dict.fromkeys(asked))
        turns = {
            name: bind.type.dialect_impl(dialect).bind_processor(dialect)
            for name, bind in compiled.binds.items()
        } | written.processors
        columns = [column.type.dialect_impl(dialect) for column in self._statement.selected_columns]
        return _Words(
            sql=written.statement,
            order=tuple(written.positiontup) if compiled.positional else None,
            fixed={
                name: _turned(turns.get(name), value)
                for name, value in written.parameters.items()
                if name not in asked
            },
            there={name: turns.get(name) for name in asked},
            back=tuple(kind.result_processor(dialect, None) for kind in columns),
        )


def _rows(connection: Connection, sql: str, asked: Any) -> Sequence[Sequence[Any]]:
    """Return the rows straight from the driver, whose rows need no names.

    Whoever listens to statements hears these too, and what fails does so in the ordinary way.
    """
    driver: Any = connection.connection
    if not connection.dispatch.before_cursor_execute:
        with suppress(connection.dialect.loaded_dbapi.Error), closing(driver.cursor()) as cursor:
            cursor.execute(sql, asked)
            rows: list[Sequence[Any]] = cursor.fetchall()
            return rows
    return connection.exec_driver_sql(sql, asked).fetchall()


def _turned(turn: Turn, value: Any) -> Any:
    return turn(value) if turn else value
