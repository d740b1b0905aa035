"""The rows of a workbook: shared and own strings, numbers, gaps; and what is no workbook."""

import zipfile

import pytest

from meetings.intake.office.rows import MOST_ROWS, NoWorkbookError, rows_of
from meetings.intake.workbook import workbook_rows
from meetings.press.tables import Sheet, xlsx

SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
STRINGS = f"<sst {SPACE}><si><t>Số</t></si><si><r><t>Nghị </t></r><r><t>quyết</t></r></si></sst>"
SHEET = f"""<worksheet {SPACE}><sheetData>
<row><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>
<row><c t="inlineStr"><is><t> về  đất đai </t></is></c>
<c><v>44214</v></c><c t="s"><v>9</v></c></row>
<row/><row><c r="AAA1"><v>7</v></c></row></sheetData></worksheet>"""


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "list.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", SHEET)
        archive.writestr("xl/worksheets/sheet10.xml", "<noise/>")
        archive.writestr("xl/sharedStrings.xml", STRINGS)
    return path


def test_cells_stand_in_their_columns(book):
    rows = [["Số", "", "Nghị quyết"], ["về đất đai", "44214", ""], [], []]
    assert list(rows_of(book)) == rows
    assert workbook_rows(book) == rows


def test_what_we_write_we_read(tmp_path):
    path = tmp_path / "ours.xlsx"
    path.write_bytes(xlsx(Sheet("Sổ", ["Số", "Trích yếu"], [["05-NQ/TU", "=1+1"]])))
    assert list(rows_of(path)) == [["Số", "Trích yếu"], ["05-NQ/TU", "=1+1"]]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04 half"])
def test_what_is_no_workbook_has_no_rows(tmp_path, content: bytes):
    path = tmp_path / "list.xlsx"
    path.write_bytes(content)
    with pytest.raises(NoWorkbookError):
        list(rows_of(path))
    assert workbook_rows(path) == []


@pytest.mark.parametrize("part", ["xl/other.xml", "xl/worksheets/sheet1.xml"])
def test_a_workbook_without_a_sheet_or_with_a_broken_one(tmp_path, part: str):
    path = tmp_path / "list.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(part, "<broken")
    with pytest.raises(NoWorkbookError):
        list(rows_of(path))


def test_a_bomb_is_not_unpacked(book, monkeypatch):
    monkeypatch.setattr("meetings.intake.office.rows.LARGEST_PART", 10)
    with pytest.raises(NoWorkbookError):
        list(rows_of(book))


def test_rows_come_to_an_end(book, monkeypatch):
    monkeypatch.setattr("meetings.intake.office.rows.MOST_ROWS", 2)
    assert len(list(rows_of(book))) == 2


def test_a_row_keeps_the_number_that_the_spreadsheet_shows(tmp_path):
    path = tmp_path / "list.xlsx"
    cells = "".join(f'<row r="{n}"><c><v>{n}</v></c></row>' for n in (2, 3, 6))
    with zipfile.ZipFile(path, "w") as archive:
        sheet = f"<worksheet {SPACE}><sheetData>{cells}</sheetData></worksheet>"
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
    assert list(rows_of(path)) == [[], ["2"], ["3"], [], [], ["6"]]


def test_a_row_that_names_a_place_far_away_fills_no_memory(tmp_path):
    path = tmp_path / "list.xlsx"
    row = f'<row r="{10**12}"><c><v>1</v></c></row>'
    with zipfile.ZipFile(path, "w") as archive:
        sheet = f"<worksheet {SPACE}><sheetData>{row * 3}</sheetData></worksheet>"
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
    assert len(list(rows_of(path))) == MOST_ROWS
