"""A package as a stream of bytes, and what is found in it when it is read back."""

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from meetings.press.tables import MADE

MANIFEST = "ban-ke-trang.csv"
COLUMNS = (
    "thu muc va tep", "trang trong tep", "ban quet", "trang trong ban quet", "xoay",
    "sha256 ban quet", "sha256 tep", "sha256 trang goc", "sha256 trang trong tep",
    "ly do chua xuat",
)  # fmt: skip
CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Line:
    """A page of a scan in the manifest."""

    path: str
    place: int
    scan: str
    page: int
    turn: int
    scan_sha256: str
    file_sha256: str = ""
    before: str = ""
    after: str = ""
    left: str = ""

    @property
    def row(self) -> Sequence[str]:
        """Return the line as the manifest has it."""
        return [
            self.path, str(self.place or ""), self.scan, str(self.page), str(self.turn),
            self.scan_sha256, self.file_sha256, self.before, self.after, self.left,
        ]  # fmt: skip


@dataclass(frozen=True)
class Found:
    """What was counted in a package that was read back."""

    files: int
    pages: int
    left_out: int
    faults: Sequence[str]


class _Pipe(io.RawIOBase):
    """Takes what an archive writes and gives it on at once."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting = bytearray()

    def writable(self) -> bool:
        """Tell that it takes bytes."""
        return True

    def write(self, part: Any, /) -> int:
        """Take bytes."""
        given = bytes(part)
        self.waiting += given
        return len(given)

    def taken(self) -> bytes:
        """Return what came since the last call."""
        given, self.waiting = bytes(self.waiting), bytearray()
        return given


def zipped(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """Yield the bytes of an archive of files, which are asked for one by one."""
    pipe = _Pipe()
    with ZipFile(pipe, "w", ZIP_STORED) as archive:
        for path, content in files:
            archive.writestr(ZipInfo(path, MADE), content)
            yield pipe.taken()
    yield pipe.taken()


def manifest(lines: Iterable[Line]) -> bytes:
    """Return the manifest: a line for every page of every scan."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    rows.writerows(line.row for line in lines)
    return text.getvalue().encode("utf-8-sig")


def read_back(file: IO[bytes], pages_of: Mapping[str, int]) -> Found:
    """Count a package anew; `pages_of` says how many pages each scan has, by its digest."""
    try:
        with ZipFile(file) as archive:
            digests = {
                info.filename: _digest(archive, info)
                for info in archive.infolist()
                if info.filename != MANIFEST
            }
            text = archive.read(MANIFEST).decode("utf-8-sig")
    except (BadZipFile, KeyError, OSError):
        return Found(0, 0, 0, ["unreadable"])
    rows = list(csv.reader(io.StringIO(text, newline="")))[1:]
    kept = [row for row in rows if row[0]]
    checks = {
        "digests": {row[0]: row[6] for row in kept} == digests,
        "pages": _is_whole(rows, pages_of),
        "untouched": all(row[7] and row[7] == row[8] for row in kept),
        "names": len(digests) == len({name.casefold() for name in digests}),
    }
    faults = [name for name, holds in checks.items() if not holds]
    return Found(len(digests), len(kept), len(rows) - len(kept), faults)


def _digest(archive: ZipFile, info: ZipInfo) -> str:
    digest = hashlib.sha256()
    with archive.open(info) as part:
        while piece := part.read(CHUNK):
            digest.update(piece)
    return digest.hexdigest()


def _is_whole(rows: Sequence[Sequence[str]], pages_of: Mapping[str, int]) -> bool:
    """Tell whether every page of every scan has exactly one line."""
    counted = Counter((row[5], int(row[3])) for row in rows)
    wanted = {(scan, page) for scan, count in pages_of.items() for page in range(1, count + 1)}
    return counted.keys() == wanted and set(counted.values()) <= {1}
