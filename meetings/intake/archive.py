"""Unpack a ZIP of papers: names are data and never become paths; runs in the sandbox."""

import stat
import unicodedata
import zipfile
from collections.abc import Generator, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from meetings.intake.verdict import DEFAULT, MEBIBYTE, Limits, Reason

MEMBERS = 20_000
RATIO = 100
SMALL = 10 * MEBIBYTE  # a small file may be as dense as it likes
CHUNK = MEBIBYTE
ALL = range(1, MEMBERS + 1)
ARCHIVES = (".zip", ".rar", ".7z", ".tar", ".gz")
_UTF8 = 0x800
_ENCRYPTED = 0x1
_LITTER = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
_LOCK_FILE = "~$"
_BROKEN = (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError, RuntimeError, OSError)


@dataclass(frozen=True, kw_only=True)
class Member:
    """A file of an archive, counted from 1, and its folder there; a reason says it is left out."""

    number: int
    name: str
    folder: str = ""
    reason: Reason | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the member as JSON's own types."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> "Member":
        """Read a member back; raise ValueError for anything that is not one."""
        try:
            reason = values["reason"]
            return cls(
                number=int(values["number"]),
                name=str(values["name"]),
                folder=str(values["folder"]),
                reason=None if reason is None else Reason(reason),
            )
        except (KeyError, TypeError) as error:
            message = f"not a member: {error}"
            raise ValueError(message) from error


def refusal(path: Path, limits: Limits = DEFAULT) -> Reason | None:
    """Return why an archive is not to be unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _refusal(archive, path.stat().st_size, limits)
    except _BROKEN:
        return Reason.DAMAGED


def unpack(
    path: Path, limits: Limits = DEFAULT, *, numbers: range = ALL
) -> Iterator[Member | bytes]:
    """Yield papers of an archive, after each its bytes; where they fail, it comes anew with why."""
    with zipfile.ZipFile(path) as archive:
        papers = [info for info in archive.infolist() if _is_paper(info)]
        room, seen = limits.unpacked_bytes, set[str]()
        for number, info in enumerate(papers, start=1):
            member = _member(info, number, seen)
            if number in numbers:
                yield member
                if member.reason is None:
                    room -= yield from _unpacked(archive, info, member, room)


def shown_path(info: zipfile.ZipInfo) -> PurePosixPath:
    """Return a member's place in its archive; those made on Windows often name no encoding."""
    name = info.filename
    if not info.flag_bits & _UTF8:
        raw = name.encode("cp437", errors="replace")
        name = _decoded(raw) or name
    return PurePosixPath(unicodedata.normalize("NFC", name.replace("\\", "/")))


def _decoded(raw: bytes) -> str | None:
    for encoding in ("utf-8", "cp1258"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _refusal(archive: zipfile.ZipFile, size: int, limits: Limits) -> Reason | None:
    members = archive.infolist()
    inflated = sum(info.file_size for info in members)
    dense = inflated > SMALL and inflated > RATIO * size
    if len(members) > MEMBERS or inflated > limits.unpacked_bytes or dense:
        return Reason.BOMB
    papers = [info for info in members if _is_paper(info)]
    if not papers:
        return Reason.EMPTY
    if len(papers) > limits.members:
        return Reason.TOO_MANY_FILES
    locked = all(info.flag_bits & _ENCRYPTED for info in papers)
    return Reason.ENCRYPTED if locked else None


def _is_paper(info: zipfile.ZipInfo) -> bool:
    name = info.filename
    plain = stat.S_IFMT(info.external_attr >> 16) in {0, stat.S_IFREG}
    litter = name.startswith(_LITTER[0]) or name.endswith(_LITTER[1:])
    lock = PurePosixPath(name).name.startswith(_LOCK_FILE)
    return plain and not info.is_dir() and not litter and not lock


def _member(info: zipfile.ZipInfo, number: int, seen: set[str]) -> Member:
    place = shown_path(info)
    folder = "/".join(part for part in place.parts[:-1] if part not in {"/", ".."})
    member = Member(number=number, name=place.name or place.as_posix(), folder=folder)
    reason = _objection(info, place, seen)
    seen.add(place.as_posix())
    return replace(member, reason=reason)


def _objection(info: zipfile.ZipInfo, place: PurePosixPath, seen: set[str]) -> Reason | None:
    """Return why a member is not unpacked, before a byte of it is read."""
    leads_out = place.is_absolute() or ".." in place.parts or place.parts[0].endswith(":")
    faults = {
        Reason.UNSAFE_NAME: leads_out,
        Reason.SAME_NAME: place.as_posix() in seen,
        Reason.NESTED: place.suffix.lower() in ARCHIVES,
        Reason.ENCRYPTED: bool(info.flag_bits & _ENCRYPTED),
    }
    return next((reason for reason, found in faults.items() if found), None)


def _unpacked(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, member: Member, room: int
) -> Generator[Member | bytes, None, int]:
    """Yield a member's bytes, and itself with a reason where they fail; it costs no other."""
    size = 0
    try:
        with archive.open(info) as source:
            while chunk := source.read(CHUNK):
                size += len(chunk)
                if size > min(room, info.file_size):
                    yield replace(member, reason=Reason.BOMB)
                    break
                yield chunk
    except _BROKEN:
        yield replace(member, reason=Reason.DAMAGED)
    return size
