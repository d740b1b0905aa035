"""The manifest: what a run holds, written last; a run without one does not exist."""

import hashlib
import hmac
import json
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from meetings.backup.errors import BackupError

NAME = "manifest.json"
SEAL = b"nghi-su/backup/1"


@dataclass(frozen=True)
class FileRecord:
    """A file of the run."""

    size: int
    sha256: str


@dataclass(frozen=True)
class TableRecord:
    """A table of the database: how many rows, and a digest of what they say."""

    rows: int
    digest: str


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What a run holds, and by what it is known to be whole."""

    program: str
    schema: str
    made_at: str
    recovery_key: str
    audit_seq: int
    audit_head: str
    files: dict[str, FileRecord]
    blobs: dict[str, int]
    """The size of each encrypted file by its name, which is its SHA-256."""
    absent: list[str]
    """Files that the database refers to and that were missing or damaged already."""
    tables: dict[str, TableRecord] = field(default_factory=dict)
    seal: str = ""
    """Made with the audit key: whoever writes to the folder without it cannot forge a run."""
    checksum: str = ""

    def sealed(self, key: bytes) -> "Manifest":
        """Return the manifest with seal and checksum."""
        closed = replace(self, seal=self._seal(key))
        return replace(closed, checksum=closed.sum_of_content())

    def is_sealed_by(self, key: bytes) -> bool:
        """Tell whether the holder of the audit key made this."""
        return hmac.compare_digest(self.seal, self._seal(key))

    def render(self) -> bytes:
        """Return the one spelling of this manifest."""
        text = json.dumps(asdict(self), indent=1, sort_keys=True, ensure_ascii=False)
        return f"{text}\n".encode()

    def has_its_checksum(self) -> bool:
        """Tell whether nothing changed since it was sealed."""
        return self.checksum == self.sum_of_content()

    def _seal(self, key: bytes) -> str:
        derived = hmac.digest(key, SEAL, "sha256")
        return hmac.new(derived, replace(self, seal="", checksum="").render(), "sha256").hexdigest()

    def sum_of_content(self) -> str:
        """Return the checksum that belongs to everything else."""
        return hashlib.sha256(replace(self, checksum="").render()).hexdigest()


def read(run: Path) -> Manifest:
    """Return the manifest of a run; raise BackupError, which names the file, if it was changed."""
    file = run / NAME
    try:
        data = file.read_bytes()
        manifest = _parse(json.loads(data))
    except OSError as error:
        message = f"{file}: {error.strerror}"
        raise BackupError(message) from error
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        message = f"{file} is damaged: it is no manifest"
        raise BackupError(message) from error
    # any other spelling of the same content is a change too
    if data != manifest.render() or not manifest.has_its_checksum():
        message = f"{file} is damaged: it does not have its checksum"
        raise BackupError(message)
    return manifest


def _parse(content: Any) -> Manifest:
    files = {name: FileRecord(**value) for name, value in content.pop("files").items()}
    tables = {name: TableRecord(**value) for name, value in content.pop("tables").items()}
    return Manifest(files=files, tables=tables, **content)
