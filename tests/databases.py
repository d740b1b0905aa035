"""The databases of the tests: files, or those of the server that TEST_DATABASE names."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Protocol

from sqlalchemy import Engine, create_engine, make_url
from sqlalchemy.pool import NullPool

SERVER = os.environ.get("TEST_DATABASE", "")


class Databases(Protocol):
    """Where tests get a database from; each is gone after its test."""

    def of_instance(self) -> str:
        """Return the setting of a new instance."""

    def copied(self, setting: str) -> Iterator[str]:
        """Lend the setting of an instance whose folder was copied."""

    def empty(self, folder: Path) -> Iterator[str]:
        """Lend the address of a database without tables."""


class Files:
    """SQLite: the database of an instance lies in its folder."""

    def of_instance(self) -> str:
        return ""

    @contextmanager
    def copied(self, setting: str) -> Iterator[str]:
        yield setting

    @contextmanager
    def empty(self, folder: Path) -> Iterator[str]:
        yield f"sqlite:///{folder / 'empty.sqlite3'}"


class Server:
    """PostgreSQL: a database is made for each test, of an instance as a copy of the first."""

    def __init__(self, address: str) -> None:
        self.address = make_url(address)
        self.engine: Engine = create_engine(
            address, isolation_level="AUTOCOMMIT", poolclass=NullPool
        )
        self.names = (f"test_{os.getpid()}_{number}" for number in count())

    def of_instance(self) -> str:
        return self._make("template0")

    @contextmanager
    def copied(self, setting: str) -> Iterator[str]:
        made = self._make(make_url(setting).database or "")
        yield made
        self._drop(made)

    @contextmanager
    def empty(self, _folder: Path) -> Iterator[str]:
        made = self._make("template0")
        yield made
        self._drop(made)

    def _make(self, template: str) -> str:
        name = next(self.names)
        with self.engine.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.address.set(database=name).render_as_string(hide_password=False)

    def _drop(self, address: str) -> None:
        with self.engine.connect() as connection:
            name = make_url(address).database
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


def chosen() -> Databases:
    """Return where the tests of this run get their databases from."""
    return Server(SERVER) if SERVER else Files()
