"""The recovery key: its public half closes backups, its secret half lies in a safe (age format)."""

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import pyrage

from meetings.backup.errors import BackupError
from meetings.backup.manifest import FileRecord
from storage.durable import sync_folder

ADVICE = "make a pair with: meetings backup new-key FILE"


class _Tally:
    """A writer that knows size and digest of what passed, and the error that stopped it."""

    def __init__(self, target: IO[bytes]) -> None:
        self._target = target
        self._hash = hashlib.sha256()
        self.size = 0
        self.problem: OSError | None = None

    def write(self, data: bytes) -> int:
        """Write a part; the library would tell of an error in words only."""
        try:
            self._target.write(data)
        except OSError as error:
            self.problem = error
            raise
        self._hash.update(data)
        self.size += len(data)
        return len(data)

    @property
    def record(self) -> FileRecord:
        """Return size and digest."""
        return FileRecord(size=self.size, sha256=self._hash.hexdigest())


def make_pair(file: Path) -> str:
    """Write a new secret half to a new file that only its owner reads; return the public half."""
    secret = pyrage.x25519.Identity.generate()
    public = str(secret.to_public())
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        message = f"{file}: {error.strerror}"
        raise BackupError(message) from error
    with os.fdopen(handle, "w", encoding="utf-8") as target:
        target.write(f"# public key: {public}\n{secret}\n")
        target.flush()
        os.fsync(target.fileno())
    sync_folder(file.parent)
    return public


def recipient(public: str) -> Any:
    """Return the public half as the library wants it; raise BackupError for anything else."""
    with suppress(pyrage.RecipientError):
        return pyrage.x25519.Recipient.from_str(public)
    message = f"recovery_key is {public!r}, which is no public key; {ADVICE}"
    raise BackupError(message)


def read_identity(file: Path) -> Any:
    """Return the secret half that a file holds; raise BackupError when it holds none."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        message = f"{file} cannot be read: {error}"
        raise BackupError(message) from error
    for line in lines:
        with suppress(pyrage.IdentityError):
            return pyrage.x25519.Identity.from_str(line.strip())
    message = f"{file} holds no recovery key"
    raise BackupError(message)


def fingerprint(public: str) -> str:
    """Return the short name of a recovery key."""
    return hashlib.sha256(public.encode()).hexdigest()[:16]


def passing_key() -> Any:
    """Return a key that opens one run too, for as long as the process that makes it holds it."""
    return pyrage.x25519.Identity.generate()


def close_up(
    source: IO[bytes], target: IO[bytes], *, public: str, passing: Any = None
) -> FileRecord:
    """Encrypt a file to the recovery key, and to a passing one; return what became of it."""
    recipients = [recipient(public), *([passing.to_public()] if passing else [])]
    tally = _Tally(target)
    try:
        pyrage.encrypt_io(source, tally, recipients)
    except (pyrage.EncryptError, OSError) as error:
        raise tally.problem or BackupError(f"nothing was encrypted: {error}") from error
    return tally.record


def open_up(source: Path, target: IO[bytes], *, identity: Any) -> None:
    """Decrypt a file; raise BackupError, which names it, when it cannot be."""
    tally = _Tally(target)
    with source.open("rb") as file:
        try:
            pyrage.decrypt_io(file, tally, [identity])
        except (pyrage.DecryptError, OSError) as error:
            message = f"{source}: {error}; this recovery key does not open it"
            raise tally.problem or BackupError(message) from error
