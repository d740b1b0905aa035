"""Read the letterhead: number, date, place, issuer, superior, marks."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from meetings.intake.fold import words_of
from meetings.intake.header.columns import PARTY_HEADING, STAMP, STATE_HEADING, Columns
from meetings.intake.header.lines import Line, is_rule
from meetings.intake.header.number import labelled, numbered, written
from meetings.intake.header.organs import is_organ, split_superior

_URGENCY = re.compile(r"\W{0,3}(?P<mark>hoa ?toc|thuong ?khan|khan)(?: hen gio.{0,30})?\W{0,3}$")
_URGENCIES = {"hoatoc": "Hỏa tốc", "thuongkhan": "Thượng khẩn", "khan": "Khẩn"}
_SECRECY = re.compile(r"(?P<mark>tuyetmat|toimat|mat)")
_SECRECIES = {"tuyetmat": "Tuyệt mật", "toimat": "Tối mật", "mat": "Mật"}
_CIRCULATION = re.compile(
    r"thu hoi sau|khong pho bien|luu hanh noi bo|xem xong tra lai|du thao(?: lan.{0,10})?\W{0,2}$"
)
_SYMBOL_ALONE = re.compile(r"[/-] ?[^\W_]")
_PLACE_FROM = re.compile(r"[^\W\d_]")

_REST_OF_DATE = re.compile(r"\W{0,2}(?:thang .{1,4} )?(?:nam )?(?:19|20)\d\d\W{0,2}$")
_MISREAD_DIGITS = str.maketrans("]|!iltjo", "11111110")
_LINKED = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")

_DAY_AT_MOST = 24
_LONGEST_PLACE = 40
_SHORTEST_NAME = 4
_LONGEST_MARK = 60

Dated = tuple[str | None, dt.date | None, int | None, Line]
Number = tuple[Line, str | None, re.Match[str]]


def find_number(columns: Columns) -> Number | None:
    """Return the line of the number, the number as written or None if blank, and its match."""
    for line in (*columns.left, *_stretched(columns)):
        match = numbered(line)
        if match:
            return line, written(line, match), match
    return None


def _stretched(columns: Columns) -> Iterator[Line]:
    """Yield lines whose number and symbol a wide blank has driven into different columns."""
    for line in filter(labelled, columns.left):
        for rest in columns.right:
            if rest.row == line.row and _SYMBOL_ALONE.match(rest.text):
                yield replace(line, text=f"{line.text} {rest.text}")


def find_label(columns: Columns) -> Line | None:
    """Return the line that begins with "Số", even if nothing can be read after it."""
    return next(filter(labelled, columns.left), None)


def find_date(lines: Sequence[Line]) -> Dated | None:
    """Return place, date and year of the line "Hà Nội, ngày 03 tháng 02 năm 2026"."""
    for line in lines:
        folded = line.folded
        day_at = folded.find("ngay")
        month_at = folded.find("thang", day_at + 4)
        year_at = folded.find("nam", month_at + 5)
        if min(day_at, month_at, year_at) < 0 or month_at - day_at > _DAY_AT_MOST:
            continue
        year = _digits(folded[year_at + 3 :][:10], scanned=line.scanned)
        day = _digits(folded[day_at + 4 : month_at], scanned=line.scanned)
        month = _digits(folded[month_at + 5 : year_at], scanned=line.scanned)
        own = numbered(line)
        before = line.text[own.end() if own else 0 : day_at]
        return _place(before), _date(year, month, day), year, line
    return None


def find_broken_date(lines: Sequence[Line]) -> Dated | None:
    """Return place, date and year of a date that is broken over two lines."""
    for line in lines:
        if "ngay" not in line.folded:
            continue
        below = next((after for after in lines if after.row == line.row + 1), None)
        if below is not None and _REST_OF_DATE.match(below.folded):
            found = find_date([replace(line, text=f"{line.text} {below.text}")])
            if found:
                return *found[:3], line
    return None


def _digits(text: str, *, scanned: bool) -> int | None:
    bare = text.strip(" ./,:;_…-")
    if scanned:
        bare = bare.translate(_MISREAD_DIGITS)
    return int(bare) if bare.isascii() and bare.isdigit() else None


def _date(year: int | None, month: int | None, day: int | None) -> dt.date | None:
    try:
        return dt.date(year or 0, month or 0, day or 0)
    except ValueError:
        return None


def _place(before: str) -> str | None:
    first = _PLACE_FROM.search(before)
    place = before[first.start() :].strip(" ,.;:") if first else ""
    place = _LINKED.sub(" ", place)
    words = place.replace(".", ". ").split()
    named = words and words[0][0].isupper() and all(word.strip(".").isalpha() for word in words)
    said = named and (not place.isupper() or words[0] == "TP.")
    return place if said and 1 < len(place) < _LONGEST_PLACE else None


def find_organs(columns: Columns, number: Line | None) -> tuple[list[Line], list[Line]]:
    """Return the lines of the superior and of the issuer."""
    last = number.row if number else max((line.row for line in columns.left), default=0) + 1
    lines = [line for line in columns.left if line.row < last and _names(line)]
    first = next((index for index, line in enumerate(lines) if is_organ(line.text)), None)
    if not columns.heading and columns.title is None:
        return [], []
    if first is None:
        return [], lines if columns.heading and number else []
    lines = lines[first:]
    above, _ = split_superior([line.text for line in lines])
    return lines[: len(above)], lines[len(above) :]


def _names(line: Line) -> bool:
    folded = line.folded
    return not (
        is_rule(line.text)
        or len(words_of(line.text)) < _SHORTEST_NAME
        or STATE_HEADING.search(folded)
        or PARTY_HEADING.search(folded)
        or STAMP.match(folded.strip(" |"))
        or find_date([line])
        or urgency_of(line)
        or secrecy_of(line)
        or _CIRCULATION.search(folded)
    )


def urgency_of(line: Line) -> str | None:
    """Return the urgency that a stamp of its own line says."""
    match = _URGENCY.match(line.folded) if _in_capitals(line.text) else None
    return _URGENCIES[match["mark"].replace(" ", "")] if match else None


def secrecy_of(line: Line) -> str | None:
    """Return the secrecy that a stamp of its own line says."""
    bare = "".join(character for character in line.folded if character.isalnum())
    match = _SECRECY.fullmatch(bare) if _in_capitals(line.text) else None
    return _SECRECIES[match["mark"]] if match else None


def circulation_of(line: Line) -> str | None:
    """Return the limit of circulation or the mark of a draft on a short line of its own."""
    return (
        line.text if len(line.text) < _LONGEST_MARK and _CIRCULATION.search(line.folded) else None
    )


def _in_capitals(text: str) -> bool:
    first, *_ = text.split(maxsplit=1) or [""]
    return first.isupper()
