"""What the rows of a list say, and what is wrong with each, before anything is taken in."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from meetings.documents.issuing.queries import Circulation
from meetings.documents.reading.services import KINDS
from meetings.intake import recipients
from meetings.intake.fold import words_of
from meetings.intake.tables import columns_of, day_of
from meetings.models import AccessLevel, Body, DocumentType, Reach
from meetings.policy import Asker, readable_bodies

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "file": ("ten tep", "tep", "ten file", "file", "duong dan"),
    "symbol": ("so ky hieu", "so va ky hieu", "so hieu", "so van ban"),
    "doc_type": ("the loai", "ten loai", "loai van ban", "ten loai van ban"),
    "issued_on": ("ngay ban hanh", "ngay van ban", "ngay thang", "ngay"),
    "title": ("trich yeu", "trich yeu noi dung", "noi dung", "ten van ban"),
    "issuer": ("co quan ban hanh", "tac gia", "noi ban hanh"),
    "signer": ("nguoi ky",),
    "level": ("pham vi tiep can", "muc do"),
    "reach": ("pham vi pho bien", "noi nhan", "luu hanh"),
}
"""The fields of a document, and how the head of a list may call each."""
NEEDED = ("file", "title")
LISTS, DEEP = 200, 4
"""Lists that are offered, and how deep below a body's folder they may lie."""
SPREAD = re.compile(r"\s*[;\n]\s*")
TYPES = {words_of(name): kind for name, kind in KINDS.items()}
LEVELS = {
    "": AccessLevel.INTERNAL,
    "thuong": AccessLevel.NORMAL,
    "noi bo": AccessLevel.INTERNAL,
    "han che": AccessLevel.RESTRICTED,
}


@dataclass(frozen=True)
class Row:
    """A row of a list: what it says, and what is wrong with it in a few words."""

    number: int
    file: str
    title: str = ""
    symbol: str = ""
    doc_type: DocumentType = DocumentType.OTHER
    issued_on: date | None = None
    issuer: str = ""
    signer: str = ""
    level: AccessLevel = AccessLevel.INTERNAL
    circulation: Circulation = field(default_factory=Circulation)
    problems: tuple[str, ...] = ()


def mapping_of(head: Sequence[str], given: Mapping[str, str]) -> dict[str, int]:
    """Return in which column each field stands, by the head of a list or as somebody says."""
    names = {name: (given[name],) if name in given else COLUMNS[name] for name in COLUMNS}
    return columns_of(head, names)


def rows_in(
    session: Session,
    lines: Sequence[Sequence[str]],
    folder: Path,
    given: Mapping[str, str],
    *,
    by: Asker,
) -> list[Row]:
    """Return the rows of a list with the problems of each; the first line is the head."""
    if not lines:
        return []
    mapping = mapping_of(lines[0], given)
    missing = [name for name in NEEDED if name not in mapping]
    if missing:
        return [Row(1, "", problems=tuple(f"no column: {name}" for name in missing))]
    bodies = session.scalars(readable_bodies(by)).all()
    known = [recipients.Addressee(str(b.id), b.kind.value, b.name) for b in bodies]
    seen: set[str] = set()
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        said = {name: line[at].strip() for name, at in mapping.items() if at < len(line)}
        if any(said.values()):
            row = _row(number, said, folder, known, seen)
            seen.add(row.file)
            rows.append(row)
    return rows


def _row(
    number: int,
    said: Mapping[str, str],
    folder: Path,
    known: Sequence[recipients.Addressee],
    seen: set[str],
) -> Row:
    file, title, day = said.get("file", ""), said.get("title", ""), said.get("issued_on", "")
    issued_on, kind = day_of(day), words_of(said.get("doc_type", ""))
    level = LEVELS.get(words_of(said.get("level", "")))
    checks = {
        "no file named": not file,
        "file not found": bool(file) and path_in(folder, file) is None,
        "file named twice": file in seen,
        "no title": not title,
        "day not understood": bool(day) and issued_on is None,
        "kind not known": bool(kind) and kind not in TYPES,
        "access level not known": level is None,
    }
    return Row(
        number=number,
        file=file,
        title=title,
        symbol=said.get("symbol", ""),
        doc_type=TYPES.get(kind, DocumentType.OTHER),
        issued_on=issued_on,
        issuer=said.get("issuer", ""),
        signer=said.get("signer", ""),
        level=AccessLevel.RESTRICTED if level is None else level,
        circulation=_circulation(said.get("reach", ""), known),
        problems=tuple(problem for problem, found in checks.items() if found),
    )


def path_in(folder: Path, name: str) -> Path | None:
    """Return the file of a name inside a folder, never one outside of it."""
    root = folder.resolve()
    try:
        path = (root / name.replace("\\", "/")).resolve()
        is_there = path.is_relative_to(root) and path.is_file()
    except (OSError, ValueError):
        return None
    return path if is_there else None


def folder_of(imports: Path, body: Body) -> Path | None:
    """Return the folder with the name of a body, in which its old archive lies, if there is one."""
    name = words_of(body.name)
    found = sorted(imports.iterdir()) if imports.is_dir() else []
    return next((one for one in found if one.is_dir() and words_of(one.name) == name), None)


def lists_in(folder: Path) -> list[str]:
    """Return the workbooks in a folder, each with its way from there."""
    found = (path for deep in range(DEEP) for path in folder.glob(f"{'*/' * deep}*.xlsx"))
    names = (path.relative_to(folder).as_posix() for path in found if path.is_file())
    return sorted(name for name in names if "~$" not in name)[:LISTS]


def _circulation(said: str, known: Sequence[recipients.Addressee]) -> Circulation:
    """Return to whom a row says the document goes; without a word, to the archivists only."""
    found = recipients.circulation_of(SPREAD.split(said), known)
    if found.everybody:
        return Circulation(Reach.PARTY)
    if not found.bodies:
        return Circulation()
    return Circulation(Reach.BODIES, frozenset(map(UUID, found.bodies)))
