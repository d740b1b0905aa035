"""Write the compound files of office programs before 2007, as small as they can be."""

import struct

SECTOR = 512
MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
END, FAT, FREE, NONE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF, 0xFFFFFFFF
STORAGE, STREAM, ROOT = 1, 2, 5


def compound_file(streams=None, storages=()) -> bytes:
    """Return a compound file with some streams, none of them small, and some empty storages."""
    entries = [("Root Entry", ROOT, END, 0)]
    body, chain = b"", [FAT]
    for name, content in (streams or {}).items():
        padded = content.ljust(4096, b"\0")
        padded += bytes(-len(padded) % SECTOR)
        entries.append((name, STREAM, len(chain), len(padded)))
        sectors = len(padded) // SECTOR
        chain += [*range(len(chain) + 1, len(chain) + sectors), END]
        body += padded
    entries += [(name, STORAGE, 0, 0) for name in storages]
    listed = b"".join(_entry(place, entry, len(entries)) for place, entry in enumerate(entries))
    listed += bytes(-len(listed) % SECTOR)
    directory = len(chain)
    sectors = len(listed) // SECTOR
    chain += [*range(directory + 1, directory + sectors), END]
    table = struct.pack("<128I", *chain, *[FREE] * (128 - len(chain)))
    return _header(directory) + table + body + listed


def _header(directory: int) -> bytes:
    start = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        *(MAGIC, 0x3E, 3, 0xFFFE, 9, 6),
        *(0, 1, directory, 0, 4096, END, 0, END, 0),
    )
    return start + struct.pack("<109I", 0, *[FREE] * 108)


def _entry(place: int, entry: tuple[str, int, int, int], count: int) -> bytes:
    """Return a directory entry; each names the next as its right neighbour."""
    name, kind, start, size = entry
    written = name.encode("utf-16-le").ljust(64, b"\0")
    right = place + 1 if 0 < place < count - 1 else NONE
    child = 1 if place == 0 and count > 1 else NONE
    return struct.pack(
        "<64sHBBIII16x4x8x8xIQ",
        *(written, 2 * len(name) + 2, kind, 1, NONE, right, child, start, size),
    )
