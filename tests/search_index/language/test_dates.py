"""Days, months and years as people write them."""

import pytest

from search_index.language.dates import ALWAYS, Days, day, days_at

MAY = Days(20240501, 20240531)


@pytest.mark.parametrize(
    ("text", "first", "last", "rest"),
    [
        ("2021", 20210000, 20211231, ""),
        ("năm 2021 và", 20210000, 20211231, " và"),
        ("2021..2024 đất", 20210000, 20241231, " đất"),
        ("2021-2024", 20210000, 20241231, ""),
        ("2021 đến 2024", 20210000, 20241231, ""),
        ("2021 den nam 2024", 20210000, 20241231, ""),
        ("2024..2021", 20240000, 20211231, ""),
        ("2021..", 20210000, ALWAYS.last, ""),
        ("..2024", ALWAYS.first, 20241231, ""),
        ("5/2024", 20240500, 20240531, ""),
        ("tháng 2 năm 2024", 20240200, 20240229, ""),
        ("5/6/2024", 20240605, 20240605, ""),
        ("05-06-2024", 20240605, 20240605, ""),
        ("ngày 5 tháng 6 năm 2024", 20240605, 20240605, ""),
        ("NGAY 05 THANG 06 NAM 2024", 20240605, 20240605, ""),
        ("1/5/2024..3/6/2024", 20240501, 20240603, ""),
    ],
)
def test_days_are_read_and_the_rest_is_left(text, first, last, rest):
    days, end = days_at(text)
    assert (days.first, days.last) == (min(first, last), max(first, last))
    assert text[end:] == rest


@pytest.mark.parametrize(
    "text",
    ["", "xưa", "31/2/2024", "5/13/2024", "0/2024", "1/1/0000", "20245", "2024/", "21", ".."],
)
def test_what_is_no_day_is_none(text):
    assert days_at(text) is None


def test_a_day_is_a_whole_text():
    assert day("5/6/2024") == Days(20240605, 20240605)
    assert day("5/6/2024 và") is None
    assert day("30/2/2024") is None
