"""Tell cheaply whether a file carries a signature, in plain sight or in a compressed object."""

import mmap
import re
import zlib
from collections.abc import Iterator
from pathlib import Path

# Any letter of a name may be written by its number.
MARK = re.compile(
    rb"/(?:B|#42)(?:y|#79)(?:t|#74)(?:e|#65)(?:R|#52)(?:a|#61)(?:n|#6e)(?:g|#67)(?:e|#65)",
    re.IGNORECASE,
)
PACKED = re.compile(rb"/ObjStm[^\x00]{0,400}?>>\s{0,9}stream\r?\n")
UNPACKED = 4 * 1024 * 1024
STREAMS = 2000


def is_signed(path: Path) -> bool:
    """Tell whether a PDF claims to be signed; only reading the signatures tells if it is."""
    with path.open("rb") as file:
        try:
            seen = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except ValueError:  # an empty file
            return False
        with seen:
            return MARK.search(seen) is not None or any(map(MARK.search, _unpacked(seen)))


def _unpacked(seen: mmap.mmap) -> Iterator[bytes]:
    """Yield what the compressed objects hold, each as far as somebody may make us read."""
    ends = [found.end() for found, _ in zip(PACKED.finditer(seen), range(STREAMS), strict=False)]
    for start in ends:
        try:
            yield zlib.decompressobj().decompress(seen[start : start + UNPACKED], UNPACKED)
        except zlib.error:  # packed in another way, or damaged
            continue
