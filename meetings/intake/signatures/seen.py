"""Tell cheaply whether a file carries a signature."""

import mmap
from pathlib import Path

MARK = (
    b"/ByteRange"  # what is signed cannot lie in a compressed object, so the name is in plain sight
)


def is_signed(path: Path) -> bool:
    """Tell whether a PDF claims to be signed; only reading the signatures tells if it is."""
    with path.open("rb") as file:
        try:
            seen = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except ValueError:  # an empty file
            return False
        with seen:
            return seen.find(MARK) >= 0
