"""Encrypted files on their way from one store to another, as they are: no key is needed."""

import hashlib
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from storage import Corrupt, Missing, Store
from storage.durable import draft, make_folder, sync_folder

PART = 1 << 20
Progress = Callable[[int, int], None]


def silent(_done: int, _total: int) -> None:
    """Tell nobody."""


@dataclass
class Brought:
    """What became of the files that were to be brought."""

    sizes: dict[str, int] = field(default_factory=dict)
    absent: list[str] = field(default_factory=list)
    copied: int = 0
    copied_bytes: int = 0


def bring_all(
    names: Iterable[str], source: Store, target: Store, progress: Progress = silent
) -> Brought:
    """Bring files that do not lie whole in the target yet; missing and damaged ones are noted."""
    brought, wanted = Brought(), sorted(names)
    for done, digest in enumerate(wanted):
        progress(done, len(wanted))
        try:
            size = _bring(digest, source, target)
        except (Missing, Corrupt):
            brought.absent.append(digest)
            continue
        brought.sizes[digest] = target.ciphertext_size(digest)
        brought.copied += size is not None
        brought.copied_bytes += size or 0
    # also folders that nothing came into now: a run that was killed may have left them unsynced
    for folder in [*target.folder.iterdir(), target.folder]:
        sync_folder(folder)
    return brought


def _bring(digest: str, source: Store, target: Store) -> int | None:
    """Copy one file and return its size; nothing if it lay there whole."""
    if target.has(digest) and target.verify(digest):
        return None
    path = target.folder / digest[:2] / digest
    origin = source.ciphertext(digest)
    make_folder(path.parent)
    known, size = hashlib.sha256(), 0
    with origin.open("rb") as reader, draft(target.folder / "tmp") as file:
        for part in iter(partial(reader.read, PART), b""):
            known.update(part)
            size += file.write(part)
        if known.hexdigest() != digest:
            raise Corrupt(digest)
        file.flush()
        os.fsync(file.fileno())
        Path(file.name).replace(path)
    return size
