"""Plain bytes that a child is to read and no disk is to see: a file of memory without a name.

Such a file goes with the process that made it, however that ends. Functions that take a path take
`/proc/self/fd/N`; sandbox.run hands the file over by its number.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedIOBase
from pathlib import Path
from shutil import copyfileobj

from meetings.intake.verdict import MEBIBYTE

DESCRIPTORS = Path("/proc/self/fd")
MEMORY_INFO = Path("/proc/meminfo")
SPARE = 256 * MEBIBYTE
COPIES = 2  # bubblewrap makes one of its own
_SEALS = fcntl.F_SEAL_WRITE | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_SEAL


@contextmanager
def in_memory(source: BufferedIOBase, size: int) -> Iterator[Path]:
    """Lend the path of a file of memory that nobody can change; raise MemoryError if short of it.

    memfd and not the folder /dev/shm: that is a disk on some machines, 64 MB in most containers,
    and a name there outlives a kill that comes before it is removed.
    """
    if not has_room(size):
        raise MemoryError
    descriptor = os.memfd_create("intake", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    try:
        with os.fdopen(descriptor, "wb", closefd=False) as target:
            copyfileobj(source, target, MEBIBYTE)
        fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, _SEALS)
        yield DESCRIPTORS / str(descriptor)
    finally:
        os.close(descriptor)


def has_room(size: int) -> bool:
    """Tell whether so many bytes and a child's copy of them fit into memory."""
    lines = MEMORY_INFO.read_text(encoding="ascii").splitlines()
    kilobytes = next(int(line.split()[1]) for line in lines if line.startswith("MemAvailable:"))
    return COPIES * size + SPARE <= kilobytes * 1024


@contextmanager
def opened_for_child(source: Path) -> Iterator[tuple[Path, tuple[int, ...]]]:
    """Lend the place of a source, and the descriptors that a child must inherit to find it there.

    A file of memory is opened anew each time: children that share a position share its end.
    """
    if descriptor_of(source) is None:
        yield source.resolve(strict=True), ()
        return
    descriptor = os.open(source, os.O_RDONLY)
    try:
        yield DESCRIPTORS / str(descriptor), (descriptor,)
    finally:
        os.close(descriptor)


def descriptor_of(path: Path) -> int | None:
    """Return the number that a path in /proc/self/fd names, else None."""
    return int(path.name) if path.parent == DESCRIPTORS and path.name.isdecimal() else None
