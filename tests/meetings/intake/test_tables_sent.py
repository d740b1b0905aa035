"""Tables of people who keep lists: their columns in any order, their marks, what is no table."""

from datetime import date

import pytest

from meetings.intake import tables
from meetings.press.tables import Sheet, csv, xlsx

NAMES = {"name": ("họ tên", "họ và tên"), "post": ("chức vụ",), "body": ("đơn vị", "cơ quan")}
HEAD = ["STT", "Chức vụ", "Họ và tên", "Đơn vị", "Ghi chú"]
ROW = ["1", "Bí thư", "Lò Thị Mai", "Đảng ủy xã Suối Ngân", ""]
SAID = {"name": "Lò Thị Mai", "post": "Bí thư", "body": "Đảng ủy xã Suối Ngân"}


def said(text):
    table = tables.read(text, NAMES)
    return [table.said(line) for _number, line in table.lines]


@pytest.mark.parametrize(
    "head",
    [
        HEAD,
        ["STT", "CHỨC VỤ", "HỌ TÊN", "CƠ QUAN", "x"],
        ["", "chuc vu", "ho ten:", "Don vi", "y"],
    ],
)
def test_columns_are_found_in_any_order_with_and_without_accents(head):
    assert said(tables.text_of([head, ROW])) == [SAID]


@pytest.mark.parametrize("sign", ["\t", ";", ","])
def test_cells_are_parted_by_tabs_semicolons_or_commas(sign):
    assert said("\n".join(sign.join(line) for line in (HEAD, ROW))) == [SAID]


def test_a_title_above_and_empty_lines_between_are_no_rows():
    text = tables.text_of([["DANH SÁCH, đại biểu"], [], HEAD, ["", ""], ROW])
    table = tables.read(text, NAMES)
    assert [number for number, _line in table.lines] == [5]
    assert said(text) == [SAID]
    assert table.unused == ["STT", "Ghi chú"]


def test_a_text_without_the_names_of_columns_has_no_columns_and_no_head():
    table = tables.read("Lò Thị Mai\nVàng A Lử\n", NAMES)
    assert (table.columns, table.head, table.unused) == ({}, (), [])
    assert tables.read("", NAMES).lines == []


def test_a_short_row_says_what_it_has():
    assert said("Họ tên\tChức vụ\nLò Thị Mai\n") == [{"name": "Lò Thị Mai"}]


def test_a_cell_of_several_lines_is_one_and_an_open_quotation_mark_is_told():
    text = 'Họ tên\tĐơn vị\n"Lò Thị\nMai"\t"Ban ""A"""\nVàng A Lử\tB\n'
    assert said(text)[0] == {"name": "Lò Thị Mai", "body": 'Ban "A"'}
    with pytest.raises(tables.UnreadableError):
        tables.read('Họ tên\tĐơn vị\n"Lò Thị Mai\tBan\nVàng A Lử\tBan\n', NAMES)


def test_a_workbook_and_a_csv_file_become_the_same_text():
    sheet = Sheet("Danh sách", HEAD, [ROW])
    assert said(tables.text_of_file(xlsx(sheet))) == [SAID]
    assert said(tables.text_of_file(csv(sheet))) == [SAID]
    assert said(tables.text_of_file(csv(sheet).decode("utf-8-sig").encode())) == [SAID]
    assert said(tables.text_of_file(csv(sheet).decode("utf-8-sig").encode("utf-16"))) == [SAID]


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04 broken", b"\xff\xd8\xff\xe0\x00\x10JFIF", b"a\0b"]
)
def test_what_is_neither_a_workbook_nor_text_is_told(content):
    assert tables.text_of_file(content) is None


@pytest.mark.parametrize("text", ["21/06/2021", "21-6-2021", "21.06.2021", "2021-06-21", "44368"])
def test_days_are_read_as_people_and_workbooks_write_them(text):
    assert tables.day_of(text) == date(2021, 6, 21)


@pytest.mark.parametrize("text", ["", "31/02/2021", "0", "²", "9" * 400, "tháng 6", "10.05"])
def test_what_is_no_day_is_none(text):
    assert tables.day_of(text) is None
