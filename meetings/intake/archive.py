"""Unpack a ZIP of papers: names are data and never become paths; runs in the sandbox."""

import stat
import unicodedata
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from meetings.intake.verdict import MEBIBYTE, Reason

MEMBERS = 20_000
INFLATED = 1024 * MEBIBYTE
RATIO = 100
SMALL = 10 * MEBIBYTE  # a small file may be as dense as it likes
CHUNK = MEBIBYTE
_UTF8 = 0x800
_ENCRYPTED = 0x1
_LITTER = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
_LOCK_FILE = "~$"
_BROKEN = (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError, RuntimeError, OSError)


@dataclass(frozen=True, kw_only=True)
class Member:
    """A file of an archive, counted from 1; one with a reason was not unpacked."""

    number: int
    name: str
    size: int = 0
    reason: Reason | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the member as JSON's own types."""
        return asdict(self)


def refusal(path: Path) -> Reason | None:
    """Return why an archive is not to be unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _refusal(archive, path.stat().st_size)
    except _BROKEN:
        return Reason.DAMAGED


def unpack(path: Path, output: Path) -> Iterator[Member]:
    """Yield the papers of an archive, each laid into the folder under its number."""
    with zipfile.ZipFile(path) as archive:
        papers = [info for info in archive.infolist() if _is_paper(info)]
        room = INFLATED
        for number, info in enumerate(papers, start=1):
            member = _unpacked(archive, info, number, output / str(number), room)
            room -= member.size
            yield member


def shown_name(info: zipfile.ZipInfo) -> str:
    """Return a member's own name; archives made on Windows often name no encoding."""
    name = info.filename
    if not info.flag_bits & _UTF8:
        raw = name.encode("cp437", errors="replace")
        name = _decoded(raw) or name
    return unicodedata.normalize("NFC", PurePosixPath(name.replace("\\", "/")).name)


def _decoded(raw: bytes) -> str | None:
    for encoding in ("utf-8", "cp1258"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _refusal(archive: zipfile.ZipFile, size: int) -> Reason | None:
    members = archive.infolist()
    inflated = sum(info.file_size for info in members)
    dense = inflated > SMALL and inflated > RATIO * size
    if len(members) > MEMBERS or inflated > INFLATED or dense:
        return Reason.BOMB
    papers = [info for info in members if _is_paper(info)]
    if not papers:
        return Reason.EMPTY
    locked = all(info.flag_bits & _ENCRYPTED for info in papers)
    return Reason.ENCRYPTED if locked else None


def _is_paper(info: zipfile.ZipInfo) -> bool:
    name = info.filename
    plain = stat.S_IFMT(info.external_attr >> 16) in {0, stat.S_IFREG}
    litter = name.startswith(_LITTER[0]) or name.endswith(_LITTER[1:])
    lock = PurePosixPath(name).name.startswith(_LOCK_FILE)
    return plain and not info.is_dir() and not litter and not lock


def _unpacked(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, number: int, target: Path, room: int
) -> Member:
    name = shown_name(info)
    if info.flag_bits & _ENCRYPTED:
        return Member(number=number, name=name, reason=Reason.ENCRYPTED)
    size = 0
    with _complaint() as complaints, archive.open(info) as source, target.open("wb") as file:
        while chunk := source.read(CHUNK):
            size += len(chunk)
            if size > min(room, info.file_size):
                complaints.append(Reason.BOMB)
                break
            file.write(chunk)
    if complaints:
        target.unlink(missing_ok=True)
    return Member(number=number, name=name, size=size, reason=next(iter(complaints), None))


@contextmanager
def _complaint() -> Iterator[list[Reason]]:
    """Collect why a member could not be unpacked; a damaged one costs no other."""
    complaints: list[Reason] = []
    try:
        yield complaints
    except _BROKEN:
        complaints.append(Reason.DAMAGED)
