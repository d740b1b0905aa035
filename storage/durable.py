"""Files and folders that survive a power cut, or were never there."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

DRAFT = "draft-"


def make_folder(folder: Path) -> None:
    """Make a folder and what is missing above it, 0700."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def draft(folder: Path) -> Iterator[IO[bytes]]:
    """Open a new file, 0600, that is gone afterwards unless it was placed."""
    with NamedTemporaryFile(prefix=DRAFT, dir=folder, delete=False) as file:
        try:
            yield file
        finally:
            Path(file.name).unlink(missing_ok=True)


def place(file: IO[bytes], target: Path) -> None:
    """Give a draft its name, for good, in a folder of the same file system.

    An error of fsync is final: what the kernel dropped would not come back by asking again.
    """
    file.flush()
    os.fsync(file.fileno())
    Path(file.name).replace(target)
    sync_folder(target.parent)
