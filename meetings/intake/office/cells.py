"""What the cells of a spreadsheet hold, row by row: print shortens numbers and cuts columns."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_CELL = f"{{{_TABLE}}}table-cell"
_NUMERIC = {"float", "currency"}
_READER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


def sheets_of(path: Path) -> Iterator[str]:
    """Yield the text of each sheet of an OpenDocument spreadsheet, a line a row."""
    with zipfile.ZipFile(path) as archive:
        yield from sheets_in(archive.read("content.xml"))


def sheets_in(content: bytes) -> Iterator[str]:
    """Yield the text of each sheet that a part holds."""
    root = etree.fromstring(content, _READER)
    for table in root.iter(f"{{{_TABLE}}}table"):
        rows = (" ".join(filter(None, map(_text, _cells(row)))) for row in _rows(table))
        yield "\n".join(filter(None, rows))


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    yield from table.iter(f"{{{_TABLE}}}table-row")


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    yield from row.iterchildren(_CELL)


def _text(cell: etree._Element) -> str:
    value = cell.get(f"{{{_OFFICE}}}value")
    if value and cell.get(f"{{{_OFFICE}}}value-type") in _NUMERIC:
        return f"{float(value):.10g}"
    paragraphs = cell.iterchildren(f"{{{_TEXT}}}p")
    return " ".join(" ".join("".join(p.itertext()).split()) for p in paragraphs)
