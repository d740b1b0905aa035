import pytest

from meetings.members.life.headings import HEADINGS, NEEDED, columns_of, heading_row
from meetings.members.life.lines import encoding_of, in_unicode


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Họ và tên", "full_name"),
        ("HO VA TEN (chữ in hoa)", "full_name"),
        ("Họ, tên khai sinh", "birth_name"),
        ("Ngày, tháng, năm sinh", "birth_date"),
        ("Ngày vào Đảng", "admitted_on"),
        ("Ngày vào Đảng chính thức", "official_on"),
        ("Ngày vào Đảng lần 2", None),
        ("Số thẻ đảng viên", "card_number"),
        ("Chi bộ", "cell"),
        ("STT", None),
        ("", None),
    ],
)
def test_a_heading_means_a_fact_or_nothing_at_all(heading: str, name: str | None):
    assert columns_of([heading]) == ({name: 0} if name else {})


def test_columns_may_stand_in_any_order_and_the_first_of_two_counts():
    found = columns_of(["Ngày sinh", "STT", "ho ten", "Năm sinh"])
    assert found == {"birth_date": 0, "full_name": 2}


def test_no_heading_means_two_facts():
    spellings = [spelling for spellings in HEADINGS.values() for spelling in spellings]
    assert len(spellings) == len(set(spellings))
    assert set(NEEDED) < set(HEADINGS)


def test_headings_are_looked_for_below_the_title():
    rows = [["ĐẢNG BỘ XÃ"], ["DANH SÁCH", "Chi bộ"], [], ["STT", "Họ và tên", "Ngày sinh"], ["1"]]
    assert heading_row(rows) == 3
    assert heading_row([["1", "Lò"], ["2", "Cà"]]) == 0
    assert heading_row([]) == 0


def test_a_list_in_an_old_font_is_noticed_and_changed():
    old = [["Hä vµ tªn", "Quª qu¸n"], ["NguyÔn V¨n B×nh", "X· Suèi Ng©n"]]
    assert encoding_of(old) == "tcvn3"
    assert in_unicode(old, "tcvn3") == [
        ["Họ và tên", "Quê quán"],
        ["Nguyễn Văn Bình", "Xã Suối Ngân"],
    ]
    assert columns_of(in_unicode(old, "tcvn3")[0]) == {"full_name": 0, "home_village": 1}


def test_a_list_in_unicode_stays_as_it_is():
    rows = [["Họ và tên"], ["Lò Thị Ánh"]]
    assert encoding_of(rows) == ""
    assert in_unicode(rows, "") == rows
    assert in_unicode(rows, "unheard of") == rows
