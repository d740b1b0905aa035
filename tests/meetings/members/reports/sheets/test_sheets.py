"""A report is the same figures on its page, in its official form and in its workbook."""

import pytest

from meetings.members.reports.sheets.services import (
    Part,
    Report,
    Row,
    document,
    figure,
    workbook,
)
from meetings.members.reports.sheets.views import LENGTH, LETTERS, ROW, bars
from meetings.models import Body, BodyKind
from meetings.press.document import Regime, Table
from meetings.press.layouts import lay_out

AGES = Part(
    "Tuổi đời",
    ("Tuổi đời", "Đảng viên", "Nữ"),
    [
        Row("Từ 30 tuổi trở xuống", (40, 10), key="30"),
        Row("Trên 60 tuổi", (1657, 0)),
        Row("Chưa rõ", (0, 0)),
        Row("Tổng số", (1697, 10), total=True),
    ],
)
LINES = Part("Tăng, giảm", ("Chỉ tiêu", "Số lượng"), [Row("Có đầu kỳ", (5,), total=True)])
REPORT = Report("Biểu số 3", "cơ cấu đội ngũ đảng viên", (AGES, LINES))


@pytest.fixture
def body() -> Body:
    province = Body(kind=BodyKind.PROVINCIAL_COMMITTEE, name="Tỉnh ủy Lam Khê")
    return Body(
        kind=BodyKind.COMMUNE_COMMITTEE, name="Đảng ủy xã Suối Ngân", symbol="ĐU", parent=province
    )


@pytest.mark.parametrize(
    ("number", "written"), [(0, "0"), (999, "999"), (1657, "1.657"), (100_000, "100.000")]
)
def test_a_number_is_written_as_people_here_write_it(number: int, written: str):
    assert figure(number) == written


def test_a_bar_is_as_long_as_its_share_of_the_longest():
    drawn = bars(AGES)
    assert [bar.count for bar in drawn] == ["40", "1.657", "0"], "a sum has no bar"
    assert [bar.width for bar in drawn] == [LENGTH * 40 // 1657, LENGTH, 0]
    assert [bar.y for bar in drawn] == [0, ROW, 2 * ROW]


def test_a_table_of_nothing_has_bars_of_no_length():
    nothing = Part("x", ("x", "y"), [Row("Một", (0,)), Row("Hai", (0,))])
    assert [bar.width for bar in bars(nothing)] == [0, 0]
    assert bars(LINES) == [], "it has sums alone"


def test_long_words_are_cut_before_the_bar_begins():
    part = Part("x", ("x", "y"), [Row("Được công nhận chính thức rồi chuyển sinh hoạt đi", (1,))])
    (bar,) = bars(part)
    assert len(bar.label) <= LETTERS
    assert bar.label.endswith("…")
    assert bar.label.startswith("Được công nhận")


def test_the_form_has_the_heading_of_a_party_document(body):
    made = document(REPORT, body)
    assert made.regime is Regime.PARTY_2026
    assert (made.superior, made.issuer) == ("TỈNH ỦY LAM KHÊ", "ĐẢNG ỦY XÃ SUỐI NGÂN")
    assert (made.doc_type, made.abstract) == ("BIỂU SỐ 3", "cơ cấu đội ngũ đảng viên")
    assert made.symbol.endswith("-BC/ĐU")
    assert made.issued_on is None, "the registry gives number and day"
    page = lay_out(made)
    for words in ("ĐẢNG CỘNG SẢN VIỆT NAM", "TỈNH ỦY LAM KHÊ", "1.657", "Có đầu kỳ"):
        assert words in page


def test_a_body_without_a_superior_has_none_in_the_heading():
    top = Body(kind=BodyKind.PROVINCIAL_COMMITTEE, name="Tỉnh ủy Lam Khê", symbol="")
    assert document(REPORT, top).superior == ""
    assert document(REPORT, top).symbol == "…-BC/…"


def test_every_table_of_the_report_is_one_of_the_form(body):
    tables = document(REPORT, body).body
    assert [type(block) for block in tables] == [Table, Table]
    assert [block.caption for block in tables] == ["Tuổi đời", "Tăng, giảm"]
    assert tables[0].rows[1] == ("Trên 60 tuổi", "1.657", "0")
    assert tables[0].numeric == {1, 2}


def test_the_workbook_has_the_tables_below_each_other_with_their_headings(body):
    made = workbook(REPORT, body)
    assert made.columns == ["Đảng ủy xã Suối Ngân", "", ""]
    assert {len(row) for row in made.rows} == {3}
    told = [[cell for cell in row if cell] for row in made.rows]
    assert told == [
        ["Biểu số 3"],
        ["cơ cấu đội ngũ đảng viên"],
        [],
        ["Tuổi đời"],
        ["Tuổi đời", "Đảng viên", "Nữ"],
        ["Từ 30 tuổi trở xuống", "40", "10"],
        ["Trên 60 tuổi", "1657", "0"],
        ["Chưa rõ", "0", "0"],
        ["Tổng số", "1697", "10"],
        [],
        ["Tăng, giảm"],
        ["Chỉ tiêu", "Số lượng"],
        ["Có đầu kỳ", "5"],
    ]
