"""The rows of a text in columns: its encodings, what stands between cells, what is no text."""

import pytest

from meetings.intake.office import separated
from meetings.intake.office.rows import NoWorkbookError
from meetings.intake.workbook import table_rows
from meetings.press.tables import Sheet, csv, xlsx

ROWS = [["Họ và tên", "Ngày sinh"], ["Lò Thị Ánh", "25/11/1966"]]
TEXT = "Họ và tên;Ngày sinh\r\nLò  Thị Ánh;25/11/1966\r\n"


def write(folder, content: bytes):
    path = folder / "list"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_text_is_read_in_every_unicode(tmp_path, encoding: str):
    path = write(tmp_path, TEXT.encode(encoding))
    assert list(separated.table_of(path)) == ROWS


@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_the_first_line_tells_what_stands_between(tmp_path, between: str):
    path = write(tmp_path, TEXT.replace(";", between).encode())
    assert list(separated.table_of(path)) == ROWS


def test_a_cell_in_quotes_may_hold_what_stands_between():
    text = 'Tên,Quê\n"Lò Thị Ánh","Xã Suối Ngân,\n tỉnh Lam Khê"\n'
    assert list(separated.separated(text))[1] == ["Lò Thị Ánh", "Xã Suối Ngân, tỉnh Lam Khê"]


def test_bytes_of_an_old_font_stay_as_they_are(tmp_path):
    path = write(tmp_path, "Hä vµ tªn;Ngµy sinh\n".encode("latin-1"))
    assert list(separated.table_of(path)) == [["Hä vµ tªn", "Ngµy sinh"]]


@pytest.mark.parametrize("content", [b"", b" \n", b"\xd0\xcf\x11\xe0\0\0", b"PK\x03\x04 half"])
def test_what_is_no_table_has_no_rows(tmp_path, content: bytes):
    with pytest.raises(NoWorkbookError):
        list(separated.table_of(write(tmp_path, content)))


def test_a_line_that_never_ends_is_no_table():
    with pytest.raises(NoWorkbookError):
        list(separated.separated('"' + "x" * 200_000))


def test_rows_and_columns_come_to_an_end(monkeypatch):
    monkeypatch.setattr(separated, "MOST_ROWS", 2)
    rows = list(separated.separated(f"{'a,' * 90}\nb\nc\n"))
    assert [len(row) for row in rows] == [60, 1]


def test_the_sandbox_reads_what_we_write(tmp_path):
    sheet = Sheet("Sổ", ROWS[0], ROWS[1:])
    assert table_rows(write(tmp_path, xlsx(sheet))) == ROWS
    assert table_rows(write(tmp_path, csv(sheet))) == ROWS
    assert table_rows(write(tmp_path, b"\0\1")) == []
