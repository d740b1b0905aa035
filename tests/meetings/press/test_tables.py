"""Lists as files: read back by other programs' rules, and never a formula."""

import io
import zipfile

import pytest
from lxml import etree
from pypdf import PdfReader

from meetings.press import tables
from meetings.press.tables import SHEET, WORD, Sheet, docx, pdf, xlsx

EVIL = '=HYPERLINK("http://x","y")'
LIST = Sheet(
    "Sổ đăng ký",
    ["Số", "Trích yếu"],
    [["05-NQ/TU", "<b>về & chuyển đổi số</b>"], ["06-NQ/TU", EVIL], ["07", "a\0b\x0bc"]],
)


def part(content: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        for other in archive.namelist():
            etree.fromstring(archive.read(other))
        return etree.fromstring(archive.read(name))


def test_a_workbook_holds_every_cell_as_a_text():
    sheet = part(xlsx(LIST), "xl/worksheets/sheet1.xml")
    cells = sheet.findall(f".//{{{SHEET}}}c")
    assert [cell.get("t") for cell in cells] == ["inlineStr"] * 8
    assert ["".join(cell.itertext()) for cell in cells][:6] == [
        "Số",
        "Trích yếu",
        "05-NQ/TU",
        "<b>về & chuyển đổi số</b>",
        "06-NQ/TU",
        EVIL,
    ]
    assert sheet.findall(f".//{{{SHEET}}}f") == []


def test_a_text_document_holds_the_table():
    table = part(docx(LIST), "word/document.xml")
    rows = table.findall(f".//{{{WORD}}}tr")
    assert len(rows) == 4
    assert "".join(rows[1].itertext()) == "05-NQ/TU<b>về & chuyển đổi số</b>"
    assert "".join(rows[3].itertext()) == "07abc"


def test_a_pdf_says_the_same():
    pages = PdfReader(io.BytesIO(pdf(LIST))).pages
    text = " ".join("".join(page.extract_text() for page in pages).split())
    for said in ("Sổ đăng ký", "05-NQ/TU", "về & chuyển đổi số", EVIL):
        assert said in text


@pytest.mark.parametrize("make", [xlsx, docx])
def test_equal_lists_give_equal_bytes(make):
    assert make(LIST) == make(LIST)


@pytest.mark.parametrize("make", [xlsx, docx, pdf])
def test_an_empty_list_is_a_file_too(make):
    assert make(Sheet("Trống", ["Số"], []))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Lò Thị Ánh", "Lò Thị Ánh"),
        ("", ""),
        ("một\nhai\tba", "một\nhai\tba"),
        ("một\x00hai\x1b", "mộthai"),
        ("a" * (tables.LONGEST_CELL + 5), "a" * tables.LONGEST_CELL),
        ("a" * tables.LONGEST_CELL + "\x00", "a" * tables.LONGEST_CELL),
    ],
    ids=["plain", "empty", "lines", "control", "too long", "too long with control"],
)
def test_a_cell_keeps_what_can_be_shown(text: str, kept: str):
    assert tables.clean(text) == kept
