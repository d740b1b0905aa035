"""A file that came by itself, whichever way it took."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from typing import IO, Protocol


class Source(StrEnum):
    """The ways that files take."""

    FOLDER = "folder"
    MAIL = "mail"


@dataclass(frozen=True)
class Arrival:
    """A file: its name, the folder that hints at its item, the code of its meeting, its bytes.

    `settle` takes it away from where it came: True once it is kept, False once it was refused.
    """

    key: str
    name: str
    folder: str
    code: str
    size: int
    open: Callable[[], AbstractContextManager[IO[bytes]]]
    settle: Callable[[bool], None]


class Unreachable(Exception):
    """A folder or a mailbox cannot be looked into."""


class Door(Protocol):
    """Where files come in by themselves."""

    @property
    def source(self) -> Source:
        """Return which way files take here."""

    def arrivals(self) -> Iterator[Arrival]:
        """Yield what lies there now; raise Unreachable."""
