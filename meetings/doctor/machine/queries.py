"""What Linux tells of the machine: encrypted disks, swap, limits, the clock."""

import ctypes
import os
import resource
from collections.abc import Iterator
from pathlib import Path

BLOCK = Path("/sys/dev/block")
SWAPS = Path("/proc/swaps")
IN_MEMORY = "/dev/zram"
SPARE_FILES = 256  # the database's, the index's, the sandboxes'
MANY_FILES = 1 << 20
NOT_KEPT = 5  # TIME_ERROR of adjtimex(2)
TIMEX_BYTES = 512  # struct timex is smaller


def is_encrypted(place: Path) -> bool:
    """Tell whether what lies at a place lies on an encrypted disk (dm-crypt, also below LVM)."""
    return _is_crypt(_device(place.stat().st_dev))


def _device(number: int) -> Path:
    return BLOCK / f"{os.major(number)}:{os.minor(number)}"


def _is_crypt(device: Path) -> bool:
    mapped = device / "dm/uuid"
    if mapped.exists() and mapped.read_text().startswith("CRYPT-"):
        return True
    below = device / "slaves"
    parts = list(below.iterdir()) if below.is_dir() else []
    return bool(parts) and all(_is_crypt(part) for part in parts)


def plain_swap() -> Iterator[str]:
    """Yield what the kernel writes memory to, in plain."""
    for line in SWAPS.read_text().splitlines()[1:]:
        name, kind = line.split()[:2]
        if name.startswith(IN_MEMORY):
            continue
        status = Path(name).stat()
        number = status.st_rdev if kind == "partition" else status.st_dev
        if not _is_crypt(_device(number)):
            yield name


def files_allowed() -> int:
    """Return how many files a process of the product may open."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MANY_FILES if hard == resource.RLIM_INFINITY else hard


def files_needed(tablets: int) -> int:
    """Return how many files a stream and a kept connection for each tablet take."""
    return 2 * tablets + SPARE_FILES


def clock_is_kept() -> bool:
    """Tell whether the kernel knows the clock to be right; whoever keeps it tells the kernel."""
    state: int = ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(TIMEX_BYTES))
    return state != NOT_KEPT
