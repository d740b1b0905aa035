"""Make an index beside the one in use, and put it in its place in one step.

A process that dies leaves the index in use as it was, or the new one in its place; what was made
until then is found again by the next one.
"""

import ctypes
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from search_index import writing
from search_index.errors import IndexBusy, IndexDamaged
from search_index.index import SearchIndex

_STARTED = "rebuild.started"
_WHOLE = "rebuild.whole"
_HERE = -100  # AT_FDCWD
_EXCHANGE = 2  # RENAME_EXCHANGE (linux/fs.h)


class Rebuild:
    """Hold the folder of the index in use and the one beside it that is to take its place."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.beside = folder.with_name(f"{folder.name}.next")
        if (folder / _WHOLE).exists():  # another process put it there and came no further
            self._tidy()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other processes from making another one; raise IndexBusy where one does."""
        handle = os.open(self._folder.parent, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
        except BlockingIOError as error:
            message = f"another process is making {self.beside}"
            raise IndexBusy(message) from error
        finally:
            os.close(handle)

    def index(self) -> SearchIndex:
        """Return the index that is being made; what an earlier process put there is kept."""
        try:
            index = SearchIndex.open(self.beside)
        except IndexDamaged:
            shutil.rmtree(self.beside)
            index = SearchIndex.open(self.beside)
        started = self.beside / _STARTED
        if not started.exists():
            started.touch()
            writing.sync(self.beside)
        return index

    @property
    def started(self) -> float:
        """Return when the making began, as a number of seconds since 1970."""
        return (self.beside / _STARTED).stat().st_mtime

    def switch(self) -> None:
        """Put the new index in the place of the one in use, whose writer is waited for."""
        (self.beside / _WHOLE).touch()
        writing.sync(self.beside)
        with _no_writer(self._folder), _no_writer(self.beside):
            if self._folder.is_dir():
                exchange(self.beside, self._folder)
            else:
                self.beside.rename(self._folder)
            writing.sync(self._folder.parent)
        self._tidy()

    def _tidy(self) -> None:
        """Remove the old index, then what says that it is to be removed."""
        shutil.rmtree(self.beside, ignore_errors=True)
        for name in (_STARTED, _WHOLE):
            (self._folder / name).unlink(missing_ok=True)


def exchange(one: Path, other: Path) -> None:
    """Let two folders change their names in one step that nobody sees half done."""
    library = ctypes.CDLL(None, use_errno=True)
    names = (_HERE, os.fsencode(one), _HERE, os.fsencode(other))
    if library.renameat2(*names, _EXCHANGE) == 0:
        return
    aside = one.with_name(f"{one.name}.old")  # a file system that cannot: step by step
    shutil.rmtree(aside, ignore_errors=True)
    other.rename(aside)
    one.rename(other)
    aside.rename(one)


@contextmanager
def _no_writer(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder's writer, where there is a folder."""
    with ExitStack() as stack:
        if folder.is_dir():
            stack.enter_context(writing.locked(folder))
        yield


def unfinished(folder: Path) -> SearchIndex | None:
    """Return the index beside one that a process is making or left half made, if there is one."""
    beside = folder.with_name(f"{folder.name}.next")
    with suppress(OSError):
        if any(beside.iterdir()):
            return SearchIndex.open(beside)
    return None
