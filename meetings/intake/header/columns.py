"""Divide the first page into the two columns of the letterhead and what stands below."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from meetings.intake.header.kinds import LETTER, kind_at, stands_alone
from meetings.intake.header.lines import Line, make_line, union
from meetings.intake.header.number import numbered
from meetings.intake.prepared import Box, Word

STATE_HEADING = re.compile(
    r"cong h\w{1,4} xa hoi chu|chu nghia viet.nam|doc lap\W{0,5}tu do"
    r"|^tu do\W{0,5}hanh phuc"
)
PARTY_HEADING = re.compile(r"dang cong san viet.?nam")
_RIGHT = re.compile(
    r"(?<!hoi nuoc )cong h\w{1,4} xa hoi chu nghia\s?viet.{0,2}nam\W{0,6}$"
    r"|dang cong san viet.{0,2}nam\W{0,6}$"
    r"|doc lap\W{0,5}tu do"
)
_DEBRIS = re.compile(
    r"(?:nguoi ky|ky boi|email|thoi gian ky|ngay ky|co quan)\s?:|digitally signed|ky boi"
)
STAMP = re.compile(
    r"(?:cong van )?den(?: |$)|.{0,6}(?:so|ngay)\s?:?\s?[.…]{2}|ngay\s?:|chuyen\s?:|luu ho so"
    r"|so va ky hieu|vp\.? ?ubnd"
)
_BODY = re.compile(r"\W{0,3}(?:kinh (?:gui|trinh)|can cu)(?![a-z])")
_DATED = re.compile(r"ngay.{0,12}thang.{0,12}nam")
_LOWEST = 0.6
_DEEPEST = 45
_INDENTED = 0.15
_NARROW = 0.3
_NO_HEADING = 0.46
_SAYS_MORE = ("cua ", "so ", "so:", "ve ", "v/v", "sua doi", "lien tich", "hop nhat")


@dataclass
class Columns:
    """The letterhead by column, and the lines from the title on."""

    left: list[Line] = field(default_factory=list)
    right: list[Line] = field(default_factory=list)
    below: list[Line] = field(default_factory=list)
    heading: str = ""
    title: int | None = None
    """Where in `below` the title stands: at its beginning, or nowhere for a letter."""


def divide(lines: Sequence[Line]) -> Columns:
    """Return the parts of a first page."""
    lines = [line for line in lines if not _DEBRIS.search(line.folded)]
    headings = [line for line in lines if not _is_low(line) and _RIGHT.search(line.folded)]
    boundary = _boundary(headings)
    start, title = _end_of_head(lines, has_heading=bool(headings))
    found = Columns(below=[line for line in lines if line.row >= start])
    found.heading = _heading(headings)
    found.title = found.below.index(title) if title else None
    for line in _rejoined([line for line in lines if line.row < start], boundary):
        one_column = boundary < _NARROW
        if one_column or line.middle < boundary:
            found.left.append(line)
        if one_column or line.middle >= boundary:
            found.right.append(line)
    return found


def _is_low(line: Line) -> bool:
    return line.box.y > _LOWEST if line.words else line.row > _DEEPEST


def _heading(headings: Iterable[Line]) -> str:
    for line in headings:
        return "party" if PARTY_HEADING.search(line.folded) else "state"
    return ""


def _boundary(headings: Sequence[Line]) -> float:
    """Return where the right column begins: at the national heading, which is its widest line."""
    starts = [_RIGHT.search(line.folded) for line in headings]
    places = [
        line.box.x if not match or not match.start() else _place(line, match.start())
        for line, match in zip(headings, starts, strict=True)
    ]
    return min(places) - 0.01 if places else _NO_HEADING


def _place(line: Line, index: int) -> float:
    """Return where on the page a character of the line stands."""
    passed = 0
    for word in line.words:
        if passed >= index:
            return word.x
        passed += len(word.text) + 1
    return line.box.x + line.box.w * index / max(len(line.text), 1)


def _end_of_head(lines: Sequence[Line], *, has_heading: bool) -> tuple[int, Line | None]:
    """Return the row at which the letterhead ends, and the title that stands there."""
    seen_heading = not has_heading
    for line in lines:
        seen_heading = seen_heading or bool(_RIGHT.search(line.folded))
        if _is_low(line):
            break
        if seen_heading and is_title(line) and not (has_heading and numbered(line)):
            return line.row, line
        if seen_heading and _BODY.match(line.folded):
            return line.row, None
    return (lines[-1].row + 1 if lines else 0), None


def is_title(line: Line) -> bool:
    """Tell whether a line is the name of a type of document, alone or with its own subject."""
    found = kind_at(line.plain)
    if found is None or found[0] == LETTER:
        return False
    kind, rest = found
    if not rest or (kind == "Phụ lục" and stands_alone(rest)):
        return True
    return rest.startswith(_SAYS_MORE) and (
        line.text.split()[0].isupper() or rest.startswith(("cua ", "so "))
    )


def _rejoined(lines: Sequence[Line], boundary: float) -> Iterable[Line]:
    """Put the pieces of a row together again, column by column: blanks are gaps too."""
    by_place: dict[tuple[int, bool], list[Line]] = {}
    for line in lines:
        for piece in _cut(line, boundary):
            right = piece.middle >= boundary or (not piece.words and _is_dated(piece))
            by_place.setdefault((piece.row, right), []).append(piece)
    for pieces in by_place.values():
        first = pieces[0]
        if len(pieces) == 1:
            yield first
        elif first.words:
            words = [word for piece in pieces for word in piece.words]
            yield make_line(words, first.page, first.row, scanned=first.scanned)
        else:
            text = " ".join(piece.text for piece in pieces)
            yield Line(text, union(piece.box for piece in pieces), first.page, first.row)


def _is_dated(piece: Line) -> bool:
    return piece.box.x > _INDENTED and piece.folded.rstrip().endswith("ngay")


def _cut(line: Line, boundary: float) -> list[Line]:
    """Cut a line that runs over both columns: before the heading, or after the number."""
    heading, own = _RIGHT.search(line.folded), numbered(line)
    at = heading.start() if heading else own.end() if own and _is_mixed(line) else 0
    if not line.words:
        return _cut_text(line, at)
    index = _word_at(line, at) if at else 0
    crosses = line.box.x < boundary - 0.05 and line.right > boundary + 0.15
    if not index and crosses and _is_mixed(line):
        index = _widest_gap(line.words)
    if not index:
        return [line]
    parts = line.words[:index], line.words[index:]
    return [make_line(part, line.page, line.row, scanned=line.scanned) for part in parts]


def _word_at(line: Line, at: int) -> int:
    """Return the number of words before a character; a blank before a word belongs to it."""
    return len(line.text[:at].split())


def _widest_gap(words: Sequence[Word]) -> int:
    gaps = [after.x - before.x - before.w for before, after in pairwise(words)]
    return gaps.index(max(gaps)) + 1 if gaps else 0


def _cut_text(line: Line, at: int) -> list[Line]:
    parts = line.text[:at].strip(), line.text[at:].strip()
    if not all(parts):
        return [line]
    right = Box(0.5, line.box.y, 0.4, line.box.h)
    return [
        replace(line, text=parts[0], box=line.box._replace(w=0.02)),
        replace(line, text=parts[1], box=right),
    ]


def _is_mixed(line: Line) -> bool:
    return line.folded.startswith("s") and _DATED.search(line.folded) is not None
