"""The quarantine: a file waits for its verdict as ciphertext that dies with this process.

The key of each file is in memory alone and the file on the disk has no name, so nothing is left
after a kill but blocks that nobody can read.
"""

import hashlib
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryFile
from typing import IO, Any, cast

from meetings.intake import Limits, Reason, Verdict, pass_gate
from meetings.intake.memory import DESCRIPTORS, in_memory
from meetings.intake.scanner import Scan, scan
from storage import BlobReader, NoSpace, Sealer, new_key
from storage.store import FULL

CHUNK = 1024 * 1024
DEFAULT_LIMITS = Limits()
QUEUE_SECONDS = 300

_GATE = threading.Lock()  # one file at a time is laid out and examined


class TooLarge(Exception):
    """A file is longer than this installation takes."""


class Draft:
    """A file while it arrives, sealed and measured as it is written.

    Writing never fails, so that one bad file among many breaks no request: what went wrong is in
    `problem`, and `received` raises it: TooLarge, NoSpace or OSError.
    """

    def __init__(self, folder: Path, limit: int) -> None:
        self.size = 0
        self.problem: Exception | None = None
        self._limit = limit
        self._digest = hashlib.sha256()
        self._key = new_key()
        self._sealer = Sealer(key=self._key)
        self._file = cast("IO[bytes]", _nameless(folder))
        self._file.write(self._sealer.header)

    def write(self, part: bytes) -> int:
        """Take the next bytes; after a problem they are dropped."""
        if self.problem is None:
            self.problem = self._problem_of(part)
        if self.problem is not None:
            self.close()
        return len(part)

    def seek(self, _position: int, /) -> int:
        """Do nothing: whoever rewinds a draft means to have it whole, and `received` gives that."""
        return 0

    def received(self, name: str, folder: str = "") -> "Received":
        """Return the whole file in quarantine."""
        if self.problem is not None:
            raise self.problem
        with _telling_full():
            self._file.write(self._sealer.end())
            self._file.flush()
        return Received(name, self.size, self._digest.hexdigest(), self, folder)

    def reader(self) -> BlobReader:
        """Return the plain bytes of a whole draft as a seekable file."""
        descriptor = self._file.fileno()
        return BlobReader((DESCRIPTORS / str(descriptor)).open("rb"), key=self._key)

    def close(self) -> None:
        """Drop the bytes, which nobody can read from then on."""
        with suppress(OSError):  # what is still to be flushed finds no room
            self._file.close()

    def moved(self) -> "Draft":
        """Return the same bytes as another draft; who closes this one then drops nothing."""
        other = copy(self)
        self._file = BytesIO()
        return other

    def __del__(self) -> None:
        """Drop the bytes of a draft that nobody kept."""
        if hasattr(self, "_file"):
            self.close()

    def _problem_of(self, part: bytes) -> Exception | None:
        self.size += len(part)
        if self.size > self._limit:
            return TooLarge()
        self._digest.update(part)
        try:
            with _telling_full():
                for chunk in self._sealer.add(part):
                    self._file.write(chunk)
        except (NoSpace, OSError) as error:
            return error
        return None


@dataclass(frozen=True)
class Received:
    """A file in quarantine: the name and folder it came with, size, digest; its bytes by `open`."""

    name: str
    size: int
    sha256: str
    draft: Draft | None = field(default=None, repr=False)
    folder: str = ""

    def open(self) -> BlobReader:
        """Return the plain bytes as a seekable file; raise ValueError once it was let go."""
        return cast("Draft", self.draft).reader()

    @contextmanager
    def laid_out(self) -> Iterator[Path]:
        """Lend the plain bytes as a file of memory; raise MemoryError where that is short."""
        with self.open() as reader, in_memory(reader, self.size) as path:
            yield path


def quarantine(stream: IO[bytes], name: str, folder: Path, limit: int) -> Received:
    """Stream a file into quarantine; raise TooLarge or NoSpace."""
    draft = Draft(folder, limit)
    try:
        while draft.problem is None and (part := stream.read(CHUNK)):
            draft.write(part)
        return draft.received(name)
    except BaseException as error:
        draft.close()
        if isinstance(error, OSError) and error.errno in FULL:
            raise NoSpace(error.strerror) from error
        raise


def examine(received: Received, limits: Limits = DEFAULT_LIMITS) -> Verdict:
    """Return what the sandbox says of a file; hold no session meanwhile."""
    try:
        with laid_out_for_gate(received) as path:
            return pass_gate(path, received.name, limits)
    except TimeoutError:
        return Verdict(reason=Reason.TIMED_OUT)
    except MemoryError:
        return Verdict(reason=Reason.OUT_OF_MEMORY)


@contextmanager
def laid_out_for_gate(received: Received) -> Iterator[Path]:
    """Lend a file's plain bytes once it is its turn; raise TimeoutError or MemoryError."""
    if not _GATE.acquire(timeout=QUEUE_SECONDS):
        raise TimeoutError
    try:
        with received.laid_out() as path:
            yield path
    finally:
        _GATE.release()


def infection(received: Received, scanner: str) -> Reason | None:
    """Ask the virus scanner about a file that passed the gate; without one nothing is known."""
    with received.open() as content:
        found = scan(scanner, content)
    return Reason.INFECTED if found is Scan.INFECTED else None


def held(received: Received) -> Received:
    """Return a file that outlives the request that brought it."""
    return replace(received, draft=cast("Draft", received.draft).moved())


def let_go(received: Received) -> None:
    """Drop a file from quarantine."""
    cast("Draft", received.draft).close()


def sweep_quarantine(folder: Path, older_than: timedelta) -> None:
    """Remove what a killed process left in quarantine; a worker's folder may hold a plain copy."""
    limit = time.time() - older_than.total_seconds()
    for path in folder.iterdir():
        with suppress(FileNotFoundError):
            if path.stat().st_mtime > limit:
                continue
            if path.is_dir():
                rmtree(path)
            else:
                path.unlink()


def _nameless(folder: Path) -> Any:
    with _telling_full():
        return TemporaryFile(dir=folder)


@contextmanager
def _telling_full() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise NoSpace(error.strerror) from error
        raise
