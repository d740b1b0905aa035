"""What DOCX, PPTX and XLSX files say, each run with the font that its styles give it."""

import re
import zipfile
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from lxml import etree

from meetings.intake.office.ooxml_fonts import cell_fonts, document_fonts, theme_font
from meetings.intake.office.runs import Run, local, own, parsed, runs_of

_NUMBER = re.compile(r"\d+")
_DOCUMENT = re.compile(r"word/(?:header\d*|document|footnotes|endnotes|footer\d*)\.xml")
_SLIDE = re.compile(r"ppt/slides/slide\d+\.xml")
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_STYLES, _STRINGS, _TABLE_STYLES = "word/styles.xml", "xl/sharedStrings.xml", "xl/styles.xml"
_ORDER = ("header", "document", "footnotes", "endnotes", "footer")


def read_document(path: Path) -> Iterator[Sequence[Run]]:
    """Yield the runs of a text document, with what stands above and below its pages."""
    with zipfile.ZipFile(path) as archive:
        font_of = document_fonts(_part(archive, _STYLES))
        names = sorted(
            filter(_DOCUMENT.fullmatch, archive.namelist()),
            key=lambda name: (_ORDER.index(re.sub(r"word/|\d*\.xml", "", name)), name),
        )
        roots = [parsed(archive.read(name)) for name in names]
    yield list(chain.from_iterable(runs_of(root, font_of, in_text="t") for root in roots))


def read_slides(path: Path) -> Iterator[Sequence[Run]]:
    """Yield the runs of each slide."""
    with zipfile.ZipFile(path) as archive:
        theme = theme_font(_part(archive, "ppt/theme/theme1.xml"))
        for name in _numbered(archive, _SLIDE):
            root = parsed(archive.read(name))
            yield list(runs_of(root, lambda text: _slide_font(text) or theme, in_text="t"))


def read_sheets(path: Path) -> Iterator[Sequence[Run]]:
    """Yield the runs of each sheet, a line a row."""
    with zipfile.ZipFile(path) as archive:
        strings = _part(archive, _STRINGS)
        shared = [] if strings is None else [item for item in strings if local(item) == "si"]
        fonts = cell_fonts(_part(archive, _TABLE_STYLES))
        for name in _numbered(archive, _SHEET):
            yield list(_rows(parsed(archive.read(name)), shared, fonts))


def _part(archive: zipfile.ZipFile, name: str) -> etree._Element | None:
    return parsed(archive.read(name)) if name in archive.namelist() else None


def _numbered(archive: zipfile.ZipFile, pattern: re.Pattern[str]) -> list[str]:
    names = filter(pattern.fullmatch, archive.namelist())
    return sorted(names, key=lambda name: ([int(n) for n in _NUMBER.findall(name)], name))


def _slide_font(text: etree._Element) -> str | None:
    for properties in text.getparent():
        for font in properties:
            if local(properties) == "rPr" and local(font) == "latin":
                return own(font, "typeface")
    return None


def _rows(
    sheet: etree._Element, shared: list[etree._Element], fonts: Sequence[str | None]
) -> Iterator[Run]:
    for row in sheet.iter("{*}row"):
        for cell in row.iter("{*}c"):
            style = int(cell.get("s") or 0)
            yield from _cell(cell, shared, fonts[style] if style < len(fonts) else None)
            yield Run("\t")
        yield Run("\n")


def _cell(cell: etree._Element, shared: list[etree._Element], font: str | None) -> Iterator[Run]:
    value = cell.findtext("{*}v")
    holder = cell.find("{*}is")
    if cell.get("t") == "s" and value and value.isdecimal() and int(value) < len(shared):
        holder = shared[int(value)]
    if holder is not None:
        yield from _rich(holder, font)
    elif value:
        yield Run(value, font)


def _rich(holder: etree._Element, font: str | None) -> Iterator[Run]:
    """Yield the runs of a cell's text, but not how it is read aloud."""
    for piece in holder:
        if local(piece) == "t":
            yield Run(piece.text or "", font)
        elif local(piece) == "r":
            named = piece.find("{*}rPr/{*}rFont")
            own_font = font if named is None else own(named, "val")
            yield Run(piece.findtext("{*}t") or "", own_font)
