"""Ask ClamAV, by its local socket, whether bytes are infected, and how old its signatures are.

ClamAV lays what it is sent into a plain temporary file, so only what passed the gate is sent.
"""

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from io import BufferedIOBase
from pathlib import Path

CHUNK = 256 * 1024
SECONDS = 60
ANSWER_BYTES = 4096
DATE = "%a %b %d %H:%M:%S %Y"


class Scan(StrEnum):
    """What the scanner says of some bytes."""

    CLEAN = "clean"
    INFECTED = "infected"
    UNKNOWN = "unknown"
    """It is absent, or it could not tell."""


def scan(place: str, content: BufferedIOBase) -> Scan:
    """Send bytes to the scanner at a socket and return what it says."""
    if not is_there(place):
        return Scan.UNKNOWN
    try:
        with _connected(place) as scanner:
            scanner.sendall(b"zINSTREAM\0")
            while part := content.read(CHUNK):
                scanner.sendall(struct.pack("!I", len(part)) + part)
            scanner.sendall(struct.pack("!I", 0))
            answer = _answer(scanner)
    except OSError:
        return Scan.UNKNOWN
    if answer.endswith(" FOUND"):
        return Scan.INFECTED
    return Scan.CLEAN if answer.endswith(": OK") else Scan.UNKNOWN


def signatures_of(place: str) -> datetime | None:
    """Return from when the scanner's signatures are, or None where it does not say."""
    try:
        with _connected(place) as scanner:
            scanner.sendall(b"zVERSION\0")
            dated = _answer(scanner).rpartition("/")[2]
            return datetime.strptime(dated, DATE).replace(tzinfo=UTC)
    except (OSError, ValueError):
        return None


def is_there(place: str) -> bool:
    """Tell whether a scanner listens at a socket."""
    return bool(place) and Path(place).is_socket()


@contextmanager
def _connected(place: str) -> Iterator[socket.socket]:
    if not is_there(place):
        raise FileNotFoundError(place)
    with socket.socket(socket.AF_UNIX) as scanner:
        scanner.settimeout(SECONDS)
        scanner.connect(place)
        yield scanner


def _answer(scanner: socket.socket) -> str:
    said = b""
    while b"\0" not in said and len(said) < ANSWER_BYTES:
        part = scanner.recv(ANSWER_BYTES)
        if not part:
            break
        said += part
    return said.partition(b"\0")[0].decode(errors="replace").strip()
