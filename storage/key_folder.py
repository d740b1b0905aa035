"""The keys of the installation: four files that only the program's own user may read."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from storage.durable import DRAFT, draft, make_folder, place, sync_folder
from storage.errors import StorageError
from storage.keys import KEY, new_key

NAMES = ("root", "pepper", "audit", "session")
NEXT = "root-next"
OTHERS = 0o077


@dataclass(frozen=True)
class KeyFolder:
    """A folder of keys, 32 bytes each; reading one raises StorageError that says what to do."""

    folder: Path

    @classmethod
    def ensure(cls, folder: Path) -> "KeyFolder":
        """Return a folder of keys that are all there and fit for use; those absent are made.

        Processes that do this at once agree on the keys.
        """
        keys = cls(folder)
        make_folder(folder)
        with _locked(folder):
            keys._complete()
        for name in NAMES:
            keys._read(name)
        return keys

    @property
    def root(self) -> bytes:
        """Return the key that wraps the compartments' keys: while it is exchanged, the new one."""
        return self.roots[0]

    @property
    def roots(self) -> tuple[bytes, ...]:
        """Return every root key that may open something now, the newest first."""
        names = [name for name in (NEXT, "root") if (self.folder / name).exists()]
        return tuple(self._read(name) for name in names or ["root"])

    def begin_exchange(self) -> None:
        """Make the next root key, unless an exchange that was broken off made it."""
        with _locked(self.folder):
            if not (self.folder / NEXT).exists():
                with draft(self.folder) as file:
                    file.write(new_key())
                    place(file, self.folder / NEXT)

    def end_exchange(self) -> None:
        """Let the next root key be the only one; what the older one wraps opens no more."""
        with _locked(self.folder):
            (self.folder / NEXT).replace(self.folder / "root")
            sync_folder(self.folder)

    @property
    def pepper(self) -> bytes:
        """Return the key that goes into every password hash."""
        return self._read("pepper")

    @property
    def audit(self) -> bytes:
        """Return the key that seals the audit trail."""
        return self._read("audit")

    @property
    def session(self) -> bytes:
        """Return the key that signs sessions and forms."""
        return self._read("session")

    def _complete(self) -> None:
        for leftover in self.folder.glob(f"{DRAFT}*"):
            leftover.unlink()
        # a link to a medium that is not there counts as present: it is never replaced by a new key
        present = {path.name for path in self.folder.iterdir()}
        for name in NAMES:
            if name not in present:
                with draft(self.folder) as file:
                    file.write(new_key())
                    place(file, self.folder / name)

    def _read(self, name: str) -> bytes:
        path = self.folder / name
        try:
            with path.open("rb") as file:
                mode = os.fstat(file.fileno()).st_mode
                key = file.read(KEY + 1)
        except OSError as error:
            message = f"{path}: {error.strerror}. Put it back from its safe copy, readable by us."
            raise StorageError(message) from error
        if mode & OTHERS:
            message = f"{path} is open to other users of this machine. Run: chmod 600 {path}"
            raise StorageError(message)
        if len(key) != KEY:
            message = f"{path} is not {KEY} bytes long. Put the key back from its safe copy."
            raise StorageError(message)
        return key


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
