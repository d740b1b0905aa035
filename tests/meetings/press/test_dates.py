from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.press.dates import in_figures, in_words


@pytest.mark.parametrize(
    ("day", "words", "figures"),
    [
        (date(2026, 2, 3), "ngày 03 tháng 02 năm 2026", "03/02/2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026", "09/3/2026"),
        (date(2026, 12, 10), "ngày 10 tháng 12 năm 2026", "10/12/2026"),
    ],
)
def test_only_days_below_ten_and_months_below_three_take_a_zero(day, words, figures):
    assert in_words(day) == words
    assert in_figures(day) == figures


def test_a_document_without_a_date_leaves_room_for_a_pen():
    words = in_words(None)
    assert words.split() == ["ngày", "tháng", "năm"]
    assert "\N{NO-BREAK SPACE}" * 4 in words


@given(st.dates())
def test_both_forms_tell_the_same_day(day):
    figures = [int(part) for part in in_figures(day).split("/")]
    words = [int(word) for word in in_words(day).split() if word.isdigit()]
    assert figures == words == [day.day, day.month, day.year]
