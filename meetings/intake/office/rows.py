"""The rows of the first sheet of a workbook, cell by cell; runs in the sandbox."""

import re
import zipfile
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from lxml import etree

_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_PLACE = re.compile(r"([A-Z]{1,3})\d")
_READER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
MOST_ROWS, MOST_COLUMNS = 20_000, 60
LARGEST_PART = 64 * 1024 * 1024


class NoWorkbookError(Exception):
    """A file is no workbook that can be read."""


def rows_of(path: Path) -> Iterator[list[str]]:
    """Yield the rows of the first sheet as texts; raise NoWorkbookError."""
    try:
        with zipfile.ZipFile(path) as archive:
            shared = _shared(archive)
            root = etree.fromstring(_part(archive, _first(archive)), _READER)
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, OSError) as error:
        raise NoWorkbookError(type(error).__name__) from error
    yield from islice(_in_their_places(root, shared), MOST_ROWS)


def _in_their_places(root: etree._Element, shared: Sequence[str]) -> Iterator[list[str]]:
    """Yield rows so that each has the number that the spreadsheet shows beside it."""
    count = 0
    for row in root.iter(f"{_SHEET}row"):
        number = row.get("r") or ""
        left_out = int(number) - count - 1 if number.isdecimal() else 0
        for _ in range(min(left_out, MOST_ROWS)):
            count += 1
            yield []
        count += 1
        yield _row(row, shared)


def _first(archive: zipfile.ZipFile) -> str:
    names = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    if not names:
        message = "xl/worksheets"
        raise KeyError(message)
    return min(names, key=lambda name: (len(name), name))


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > LARGEST_PART:
        raise zipfile.BadZipFile(name)
    return archive.read(name)


def _shared(archive: zipfile.ZipFile) -> Sequence[str]:
    name = "xl/sharedStrings.xml"
    if name not in archive.namelist():
        return ()
    root = etree.fromstring(_part(archive, name), _READER)
    return [_said(item) for item in root.iterchildren(f"{_SHEET}si")]


def _row(row: etree._Element, shared: Sequence[str]) -> list[str]:
    cells: dict[int, str] = {}
    for cell in row.iterchildren(f"{_SHEET}c"):
        column = _column(cell.get("r") or "", len(cells))
        if column < MOST_COLUMNS:
            cells[column] = _text(cell, shared)
    return [cells.get(column, "") for column in range(max(cells, default=-1) + 1)]


def _column(place: str, otherwise: int) -> int:
    match = _PLACE.match(place)
    if not match:
        return otherwise
    number = 0
    for letter in match[1]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _text(cell: etree._Element, shared: Sequence[str]) -> str:
    kind = cell.get("t")
    if kind == "inlineStr":
        return _said(cell)
    value = (cell.findtext(f"{_SHEET}v") or "").strip()
    if kind == "s":
        return shared[int(value)] if value.isdigit() and int(value) < len(shared) else ""
    return value


def _said(item: etree._Element) -> str:
    said = "".join(text.text or "" for text in item.iter(f"{_SHEET}t"))
    return " ".join(said.split())
