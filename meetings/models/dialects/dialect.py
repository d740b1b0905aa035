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

    connect: Callable[[str], Engine]
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
