"""A list as a file of an office program: every cell is a text, none is ever a formula."""

import zipfile
from collections.abc import Callable, Mapping, Sequence
from csv import writer
from dataclasses import dataclass
from io import BytesIO, StringIO
from xml.sax.saxutils import escape

from meetings.press.pdf import typeset

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
KINDS = "application/vnd.openxmlformats-officedocument"
LONGEST_CELL = 32_000
"""Characters in a cell; a spreadsheet refuses more."""
MADE = (1980, 1, 1, 0, 0, 0)
"""The time of every part, so that equal lists give equal bytes."""


@dataclass(frozen=True)
class Sheet:
    """A list: its title, the names of its columns, its rows."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


def xlsx(sheet: Sheet) -> bytes:
    """Return a list as a workbook."""
    lines = [sheet.columns, *sheet.rows]
    rows = "".join(f"<row>{''.join(map(_cell, line))}</row>" for line in lines)
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{_width(sheet, n - 1)}" customWidth="1"/>'
        for n in range(1, len(sheet.columns) + 1)
    )
    book = (
        f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="Danh sach" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    page = (
        f'<worksheet xmlns="{SHEET}"><cols>{widths}</cols><sheetData>{rows}</sheetData></worksheet>'
    )
    parts = {"xl/workbook.xml": book, "xl/worksheets/sheet1.xml": page}
    types = {
        "xl/workbook.xml": f"{KINDS}.spreadsheetml.sheet.main+xml",
        "xl/worksheets/sheet1.xml": f"{KINDS}.spreadsheetml.worksheet+xml",
    }
    links = {"xl/_rels/workbook.xml.rels": _relations("worksheet", "worksheets/sheet1.xml")}
    return packed(parts, types, links, main="xl/workbook.xml")


def docx(sheet: Sheet) -> bytes:
    """Return a list as a text document with a table."""
    lines = [sheet.columns, *sheet.rows]
    rows = "".join(f"<w:tr>{''.join(map(_word_cell, line))}</w:tr>" for line in lines)
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:color="888888"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "<w:gridCol/>" * len(sheet.columns)
    body = (
        f'<w:document xmlns:w="{WORD}"><w:body>{_paragraph(sheet.title)}<w:tbl><w:tblPr>'
        f'<w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{borders}</w:tblBorders></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>{_paragraph('')}</w:body></w:document>"
    )
    parts = {"word/document.xml": body}
    types = {"word/document.xml": f"{KINDS}.wordprocessingml.document.main+xml"}
    return packed(parts, types, {}, main="word/document.xml")


def pdf(sheet: Sheet) -> bytes:
    """Return a list as a PDF; raise UnavailableError where none can be made."""
    lines = "".join(_row(row, "td") for row in sheet.rows)
    style = (
        "@page{size:A4 landscape;margin:15mm}body{font:11pt 'Liberation Serif'}"
        "table{border-collapse:collapse;width:100%}"
        "th,td{border:.5pt solid #888;padding:3pt;text-align:left;vertical-align:top}"
    )
    return typeset(
        f"<html lang=vi><title>{escape(sheet.title)}</title><style>{style}</style><body>"
        f"<h1>{escape(sheet.title)}</h1><table><thead>{_row(sheet.columns, 'th')}</thead>"
        f"<tbody>{lines}</tbody></table></body></html>"
    )


def csv(sheet: Sheet) -> bytes:
    """Return a list as text in columns; what a spreadsheet would take for a formula stays text."""
    target = StringIO(newline="")
    lines = writer(target)
    for row in [sheet.columns, *sheet.rows]:
        lines.writerow([_harmless(clean(cell)) for cell in row])
    return b"\xef\xbb\xbf" + target.getvalue().encode()


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else text


FORMATS: Mapping[str, tuple[Callable[[Sheet], bytes], str]] = {
    "xlsx": (xlsx, f"{KINDS}.spreadsheetml.sheet"),
    "docx": (docx, f"{KINDS}.wordprocessingml.document"),
    "pdf": (pdf, "application/pdf"),
    "csv": (csv, "text/csv"),
}
"""How a list becomes a file of each ending, and of which media type that is."""


def _row(cells: Sequence[str], tag: str) -> str:
    shown = "".join(f"<{tag}>{escape(clean(cell))}</{tag}>" for cell in cells)
    return f"<tr>{shown}</tr>"


def _width(sheet: Sheet, column: int) -> int:
    longest = max(len(line[column]) for line in [sheet.columns, *sheet.rows])
    return min(max(longest + 2, 10), 70)


def _cell(text: str) -> str:
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(clean(text))}</t></is></c>'


def _word_cell(text: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/></w:tcPr>{_paragraph(text)}</w:tc>'


def _paragraph(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(clean(text))}</w:t></w:r></w:p>'


def clean(text: str) -> str:
    """Return a text without the characters that XML cannot hold."""
    if text.isprintable() and len(text) <= LONGEST_CELL:
        return text  # nearly always: a province has a million cells
    return "".join(c for c in text[:LONGEST_CELL] if c.isprintable() or c in "\n\t")


def _relations(kind: str, target: str) -> str:
    return (
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/{kind}" Target="{target}"/></Relationships>'
    )


def packed(
    parts: Mapping[str, str], types: Mapping[str, str], links: Mapping[str, str], *, main: str
) -> bytes:
    """Return the parts of an office file in their container."""
    kinds = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in types.items()
    )
    content = (
        f'<Types xmlns="{PACKAGE}/content-types">'
        f'<Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{kinds}</Types>'
    )
    every = {
        "[Content_Types].xml": content,
        "_rels/.rels": _relations("officeDocument", main),
        **links,
        **parts,
    }
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in every.items():
            part = zipfile.ZipInfo(name, MADE)
            part.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(part, HEAD + text)
    return target.getvalue()
