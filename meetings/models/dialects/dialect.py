"""What a database has to answer, whichever it is."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

Pulse = Callable[[], int]
"""Returns a number that changes when somebody commits something to be told."""


Pool = Mapping[str, int]
"""How many connections a process keeps, and how it hands them out."""

READERS: Pool = {"pool_size": 16, "max_overflow": 0, "pool_use_lifo": True}
"""None is opened for a moment and closed again: to learn the tables takes longer than a page.

More would only wait for each other: the threads of a process compute one at a time.
"""
WRITERS: Pool = {"pool_size": 1, "max_overflow": 0}
"""Only one may write at a time; the others wait here, in their order, and hold nothing."""


@dataclass(frozen=True)
class Health:
    """What a database is, and whether it can be relied on."""

    name: str
    version: str
    keeps_commits: bool
    notices_damage: bool = True


@dataclass(frozen=True, kw_only=True)
class Dialect:
    """One kind of database: how it is opened, written, watched, examined and copied."""

    connect: Callable[[str, Pool], Engine]
    reading: Mapping[str, Any]
    writing: Mapping[str, Any]
    is_in_the_way: Callable[[OperationalError], bool]
    is_full: Callable[[OperationalError], bool]
    pulse: Callable[[Engine], AbstractContextManager[Pulse]]
    health: Callable[[Session], Health]
    damage: Callable[[Session], Iterator[str]]
    empty_log: Callable[[Engine], bool]
    copy: Callable[[str, Path], None]
    copy_suffix: str


class CopyFailed(Exception):
    """A database could not be copied; the message says why."""
