"""Calls that fail: the n-th one to the disk or the database that an action makes."""

import builtins
import errno
import io
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from search_index.errors import IndexBusy, IndexDamaged
from storage import StorageError

ERRORS = (errno.EIO, errno.ENOSPC, errno.EMFILE)
SAID = {errno.EIO: "disk I/O error", errno.ENOSPC: "database or disk is full"}
KNOWN = (OSError, StorageError, SQLAlchemyError, sqlite.Error, IndexDamaged, IndexBusy)
LONG = bool(os.environ.get("LONG_TESTS"))
FEW = 6
BY_PATH = ("open", "replace", "rename", "unlink", "mkdir", "rmdir")
BY_HANDLE = ("fsync", "write")


class Faults:
    """Counts the calls of one thread to files in a folder and to any database; fails one."""

    def __init__(self, folder: Path, number: int, at: int | None) -> None:
        self._folder, self._number, self._at = str(folder), number, at
        self._thread = threading.get_ident()
        self._resting = False
        self.seen = 0

    @property
    def fired(self) -> bool:
        return self._at is not None and self.seen > self._at

    @contextmanager
    def resting(self) -> Iterator[None]:
        """Let whatever is called meanwhile work."""
        self._resting = True
        try:
            yield
        finally:
            self._resting = False

    def at_file(self, place: Any, within: int | None = None) -> None:
        """Count a call to a file, given by its name or its handle."""
        with suppress(OSError):
            if isinstance(place, int):
                place = Path(f"/proc/self/fd/{place}").readlink()
            elif within is not None:
                place = Path(f"/proc/self/fd/{within}").readlink() / place
        if str(place).startswith(self._folder) and self._counts():
            raise OSError(self._number, os.strerror(self._number), str(place))

    def at_database(self) -> None:
        """Count a call to the database."""
        if self._counts():
            said = SAID.get(self._number, "unable to open database file")
            statement = "SELECT 1"
            raise OperationalError(statement, {}, sqlite.OperationalError(said))

    def _counts(self) -> bool:
        if self._resting or threading.get_ident() != self._thread:
            return False
        self.seen += 1
        return self.seen - 1 == self._at


@contextmanager
def failing(folder: Path, number: int, at: int | None) -> Iterator[Faults]:
    """Let the call with a number from nought fail, or only count where there is none."""
    faults = Faults(folder, number, at)

    def statement(*_: Any) -> None:
        faults.at_database()

    listeners = [("before_cursor_execute", statement), ("commit", statement)]
    with pytest.MonkeyPatch.context() as patch:
        _patch_files(patch, faults)
        for name, listener in listeners:
            event.listen(Engine, name, listener)
        try:
            yield faults
        finally:
            for name, listener in listeners:
                event.remove(Engine, name, listener)


def _patch_files(patch: pytest.MonkeyPatch, faults: Faults) -> None:
    def counted(real: Callable[..., Any], *, by_handle: bool) -> Callable[..., Any]:
        def call(place: Any, *rest: Any, **options: Any) -> Any:
            within = options.get("dir_fd")
            if by_handle or not isinstance(place, int):
                faults.at_file(place, within)
            return real(place, *rest, **options)

        return call

    for name in BY_PATH + BY_HANDLE:
        patch.setattr(os, name, counted(getattr(os, name), by_handle=name in BY_HANDLE))
    opened = io.open

    def open_file(place: Any, mode: str = "r", *rest: Any, **options: Any) -> Any:
        if not isinstance(place, int):
            faults.at_file(place)
        file = opened(place, mode, *rest, **options)
        if not set(mode).isdisjoint("wax+"):
            _count_writes(file, faults)
        return file

    patch.setattr(io, "open", open_file)
    patch.setattr(builtins, "open", open_file)
    connect = sqlite.connect

    def connect_counted(place: Any, *rest: Any, **options: Any) -> Any:
        try:
            faults.at_file(place)
        except OSError as error:
            said = "unable to open database file"
            raise sqlite.OperationalError(said) from error
        return connect(place, *rest, **options)

    patch.setattr(sqlite, "connect", connect_counted)


def _count_writes(file: Any, faults: Faults) -> None:
    real = file.write

    def write(data: Any) -> Any:
        faults.at_file(file.fileno())
        return real(data)

    file.write = write


def each_fault(
    folder: Path, prepare: Callable[[], Any], action: Callable[[Any, Faults], Any]
) -> Iterator[tuple[Any, Any, Exception | None]]:
    """Do an action again and again, another call failing each time; yield what came of it.

    In the ordinary run a tenth of the calls fail at most, and few of each error, others for each.
    """
    with failing(folder, 0, None) as dry:
        with dry.resting():
            ground = prepare()
        action(ground, dry)
    assert dry.seen > 5, "nothing was counted"
    step = 1 if LONG else max(10, dry.seen // FEW)
    for place, number in enumerate(ERRORS):
        for at in range(place * step // len(ERRORS), dry.seen, step):
            ground, answer, problem = prepare(), None, None
            with failing(folder, number, at) as faults:
                try:
                    answer = action(ground, faults)
                except KNOWN as error:
                    problem = error
            assert faults.fired or problem is None
            yield ground, answer, problem


def left_in(folder: Path) -> frozenset[tuple[Path, bytes]]:
    """Return every file that a run left, with what is in it."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return frozenset((path.relative_to(folder), path.read_bytes()) for path in files)


def once_for_each(folder: Path, action: Callable[[], object]) -> Callable[[], None]:
    """Return what does an action, where the files of a folder are not as it found them before.

    Most failures leave the same files behind, and what follows from them was seen once.
    """
    seen: set[frozenset[tuple[Path, bytes]]] = set()

    def act() -> None:
        if (found := left_in(folder)) not in seen:
            seen.add(found)
            action()

    return act
