"""The key folder as one encrypted file of a run."""

import json
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from meetings.backup import recovery
from meetings.backup.errors import BackupError
from meetings.backup.manifest import FileRecord
from storage.durable import DRAFT, draft, make_folder, place

NAME = "keys.age"
LEFT_OUT = frozenset({"session"})  # made anew by the restored installation: old cookies are void


def close_up(folder: Path, target: IO[bytes], *, public: str, passing: Any = None) -> FileRecord:
    """Encrypt the keys of a folder into one file."""
    keys = {
        file.name: file.read_bytes().hex()
        for file in sorted(folder.iterdir())
        if file.name not in LEFT_OUT and not file.name.startswith(DRAFT)
    }
    plain = BytesIO(json.dumps(keys).encode())
    return recovery.close_up(plain, target, public=public, passing=passing)


def open_up(run: Path, *, identity: Any) -> dict[str, bytes]:
    """Return the keys of a run by name; raise BackupError if they are no keys."""
    plain = BytesIO()
    recovery.open_up(run / NAME, plain, identity=identity)
    try:
        keys = {name: bytes.fromhex(key) for name, key in json.loads(plain.getvalue()).items()}
    except (ValueError, TypeError, AttributeError) as error:
        message = f"{run / NAME} holds no keys"
        raise BackupError(message) from error
    # anybody may encrypt to a public key: a name must not lead out of the folder
    if "audit" not in keys or any(Path(name).name != name for name in keys):
        message = f"{run / NAME} holds no keys"
        raise BackupError(message)
    return keys


def write(keys: dict[str, bytes], folder: Path) -> None:
    """Put keys into a folder, each 0600."""
    make_folder(folder)
    for name, key in keys.items():
        with draft(folder) as file:
            file.write(key)
            place(file, folder / name)
