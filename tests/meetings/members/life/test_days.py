import pytest

from meetings.members.life.days import Unreadable, day_text, read_day


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("25/11/1966", "1966-11-25", "25/11/1966"),
        ("5.1.1966", "1966-01-05", "05/01/1966"),
        ("1966-11-25", "1966-11-25", "25/11/1966"),
        ("11/1966", "1966-11", "11/1966"),
        (" 1966 ", "1966", "1966"),
        ("", "", ""),
    ],
)
def test_a_day_is_read_as_old_papers_have_it(typed: str, kept: str, shown: str):
    assert read_day(typed) == kept
    assert day_text(kept) == shown


@pytest.mark.parametrize(
    "typed",
    ["31/02/1966", "00/05/1966", "5/0/1966", "13/1966", "1066", "hôm qua", "1/1/66", "19666"],
)
def test_a_day_that_no_calendar_has_is_refused(typed: str):
    with pytest.raises(Unreadable):
        read_day(typed)
