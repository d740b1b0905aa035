"""Why an office file is refused: passwords, macros, programs, remote parts, bombs."""

import mmap
import re
import zipfile
from pathlib import Path

from meetings.intake.kinds import BY_MEDIA_TYPE
from meetings.intake.office import compound
from meetings.intake.office.markup import refusal_of_part
from meetings.intake.verdict import MEBIBYTE, Reason

MEMBERS = 20_000
INFLATED = 1024 * MEBIBYTE
RATIO = 100
SMALL = 4 * MEBIBYTE  # a small part may be as dense as it likes
RTF = "rtf"
_ENCRYPTED_MEMBER = 0x1
_BROKEN = (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError, RuntimeError, OSError)
_MACROS = re.compile(
    r"(?:^|/)(?:vbaProject\.bin|vbaData\.xml)$|^(?:Basic|Scripts)/.*\.(?:xml|xlb|xba|py|js|bsh)$",
    re.IGNORECASE,
)
_PROGRAMS = re.compile(
    r"(?:^|/)(?:activeX/|oleObject[^/]*\.bin$|embeddings/[^/]*\.(?:bin|exe|dll|js|vbs|bat|cmd|ps1)$)",
    re.IGNORECASE,
)
_MARKUP = (".xml", ".rels", ".rdf", ".vml")
_OBJECTS_OF_RTF = re.compile(rb"\\obj(?:emb|link|autlink|ocx)\b|\\\*?\\objdata", re.IGNORECASE)
_DDE_OF_RTF = re.compile(rb"\\fldinst[^}]{0,200}\bDDE", re.IGNORECASE)
_TEMPLATE_OF_RTF = re.compile(rb"\\\*\\template[^}]{0,200}(?:https?:|ftp:|\\\\\\\\)", re.IGNORECASE)
_RTF = (_OBJECTS_OF_RTF, _DDE_OF_RTF, _TEMPLATE_OF_RTF)


def refusal(path: Path, media_type: str) -> Reason | None:
    """Return why an office file is refused."""
    if BY_MEDIA_TYPE[media_type].name == RTF:
        return _refusal_of_rtf(path)
    try:
        if not zipfile.is_zipfile(path):
            return compound.refusal(path)
        with zipfile.ZipFile(path) as archive:
            return _refusal_of_zip(archive)
    except _BROKEN:
        return Reason.DAMAGED


def _refusal_of_zip(archive: zipfile.ZipFile) -> Reason | None:
    members = archive.infolist()
    return _refusal_by_directory(members) or next(
        filter(None, (_refusal_of_member(archive, info) for info in members)), None
    )


def _refusal_by_directory(members: list[zipfile.ZipInfo]) -> Reason | None:
    names = [info.filename for info in members]
    tests = (
        (any(info.flag_bits & _ENCRYPTED_MEMBER for info in members), Reason.ENCRYPTED),
        (len(members) > MEMBERS or sum(i.file_size for i in members) > INFLATED, Reason.BOMB),
        (any(map(_is_dense, members)), Reason.BOMB),
        (any(map(_MACROS.search, names)), Reason.MACROS),
        (any(map(_PROGRAMS.search, names)), Reason.ACTIVE_CONTENT),
    )
    return next((reason for is_so, reason in tests if is_so), None)


def _is_dense(info: zipfile.ZipInfo) -> bool:
    return info.file_size > SMALL and info.file_size > RATIO * info.compress_size


def _refusal_of_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Reason | None:
    """Read a part to its end: what inflates otherwise than the directory says is damaged."""
    with archive.open(info) as part:
        if info.filename.lower().endswith(_MARKUP):
            return refusal_of_part(part, info.filename)
        while part.read(MEBIBYTE):
            continue
    return None


def _refusal_of_rtf(path: Path) -> Reason | None:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        is_active = any(pattern.search(data) for pattern in _RTF)
    return Reason.ACTIVE_CONTENT if is_active else None
