"""The store: encrypted files in a folder, each named by the SHA-256 of its ciphertext.

`ab/abcd...` holds a blob, `tmp/` the ones being written. Callers know digests, never names of files
(`ciphertext` excepted), so the same calls fit a bucket.
"""

import errno
import hashlib
import re
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from io import BufferedReader
from pathlib import Path
from typing import IO, BinaryIO

from storage.blob import CHUNK, BlobReader, seal
from storage.durable import draft, make_folder, place, sync_folder
from storage.errors import Corrupt, Missing, NoSpace, WrongKey

FLOOR = 512 * 1024**2
DIGEST = re.compile("[0-9a-f]{64}")
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


@dataclass(frozen=True, slots=True)
class Stored:
    """What was put: the blob's name and size, and the SHA-256 and size of its plain bytes."""

    digest: str
    size: int
    plain_sha256: str
    plain_size: int


class Store:
    """A folder of encrypted blobs; any number of threads and processes may share it."""

    def __init__(self, folder: Path, *, floor: int = FLOOR) -> None:
        self.folder = folder
        self.floor = floor
        self._drafts = folder / "tmp"
        make_folder(self._drafts)

    def put(self, source: BinaryIO | Iterable[bytes], *, key: bytes) -> Stored:
        """Store what a file has left or what an iterable yields, and return what became of it.

        On return the blob is on the disk. Raises NoSpace when less than the floor would stay free.
        """
        plain, sealed = _Tally(), _Tally()
        pieces = sealed.watch(seal(plain.watch(_parts(source)), key=key))
        with _refusing_when_full(), draft(self._drafts) as file:
            self._write(pieces, file)
            target = self._path(sealed.sha256)
            make_folder(target.parent)
            place(file, target)
            # another thread may have made the folder and not have come to this yet
            sync_folder(self.folder)
        return Stored(sealed.sha256, sealed.size, plain.sha256, plain.size)

    def put_bytes(self, data: bytes, *, key: bytes) -> Stored:
        """Store bytes as `put` does."""
        return self.put([data], key=key)

    def read(self, digest: str, *, key: bytes) -> bytes:
        """Return a blob's plain bytes; raise Missing, Corrupt or WrongKey.

        The digest is checked too: no other blob under the same key can stand in its place.
        """
        with self.open(digest, key=key) as reader:
            plain = reader.read()
        if not self.verify(digest):
            message = f"{digest}: another blob stands in its place"
            raise Corrupt(message)
        return plain

    def open(self, digest: str, *, key: bytes) -> BlobReader:
        """Return a blob's plain bytes as a seekable file; raise Missing, Corrupt or WrongKey."""
        file = self._open(digest)
        try:
            return BlobReader(file, key=key)
        except WrongKey:
            file.close()
            raise
        except Corrupt as error:
            file.close()
            if self.verify(digest):
                message = f"{digest}: the key does not open it"
                raise WrongKey(message) from None
            message = f"{digest}: {error}"
            raise Corrupt(message) from None

    def ciphertext(self, digest: str) -> Path:
        """Return the file that holds a blob, to hand it out as it is; raise Missing."""
        path = self._path(digest)
        if not path.is_file():
            raise Missing(digest)
        return path

    def ciphertext_size(self, digest: str) -> int:
        """Return the length of a blob in bytes; raise Missing."""
        return self.ciphertext(digest).stat().st_size

    def has(self, digest: str) -> bool:
        """Return whether there is such a blob."""
        return bool(DIGEST.fullmatch(digest)) and self._path(digest).is_file()

    def verify(self, digest: str) -> bool:
        """Return whether a blob still has the bytes it is named after; raise Missing."""
        with self._open(digest) as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == digest

    def remove(self, digest: str) -> None:
        """Remove a blob, which may be gone already."""
        path = self._path(digest)
        with suppress(FileNotFoundError):
            path.unlink(missing_ok=True)
            # also when it was gone: whoever removed it may have died before this
            sync_folder(path.parent)

    def digests(self) -> Iterator[str]:
        """Yield the names of all blobs in order."""
        for folder in sorted(self.folder.glob("??/")):
            names = sorted(path.name for path in folder.iterdir())
            yield from (name for name in names if self.has(name) and name[:2] == folder.name)

    def sweep(self, older_than: timedelta) -> int:
        """Remove drafts that nobody has written to for so long, and return how many."""
        limit = time.time() - older_than.total_seconds()
        removed = 0
        for path in self._drafts.iterdir():
            with suppress(FileNotFoundError):
                if path.stat().st_mtime <= limit:
                    path.unlink()
                    removed += 1
        return removed

    def _path(self, digest: str) -> Path:
        if not DIGEST.fullmatch(digest):
            message = f"{digest!r} is not the name of a blob"
            raise Missing(message)
        return self.folder / digest[:2] / digest

    def _open(self, digest: str) -> BufferedReader:
        try:
            return self._path(digest).open("rb")
        except FileNotFoundError:
            raise Missing(digest) from None

    def _write(self, pieces: Iterable[bytes], file: IO[bytes]) -> None:
        for piece in pieces:
            free = shutil.disk_usage(self.folder).free
            if free - len(piece) < self.floor:
                message = f"{free} bytes are free, {self.floor} must stay so"
                raise NoSpace(message)
            file.write(piece)


@dataclass
class _Tally:
    """What has passed by so far."""

    size: int = 0
    _hash: "hashlib._Hash" = field(default_factory=hashlib.sha256)

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()

    def watch(self, parts: Iterable[bytes]) -> Iterator[bytes]:
        for part in parts:
            self._hash.update(part)
            self.size += len(part)
            yield part


def _parts(source: BinaryIO | Iterable[bytes]) -> Iterable[bytes]:
    """Return the parts of a source; a file by length, since its lines may have any."""
    if hasattr(source, "read"):
        return iter(partial(source.read, CHUNK), b"")
    return source


@contextmanager
def _refusing_when_full() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise NoSpace(error.strerror) from error
        raise
