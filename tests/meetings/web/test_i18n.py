from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask_babel import force_locale

from meetings.web import i18n

MOMENT = datetime(2026, 11, 25, 18, 30, tzinfo=UTC)  # already the 26th in Vietnam


def test_days_are_written_as_lists_show_them():
    assert i18n.day(date(2026, 1, 5)) == "05/01/2026"
    assert i18n.day(MOMENT) == "26/11/2026"
    assert i18n.day(None) == ""


def test_weekdays_and_hours_are_vietnamese(app: Flask):
    with app.test_request_context():
        assert i18n.weekday(date(2026, 11, 25)) == "Thứ Tư, 25/11/2026"
        assert i18n.weekday(MOMENT) == "Thứ Năm, 26/11/2026"
        assert i18n.clock_time(MOMENT) == "01:30"


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 byte"),
        (1023, "1023 byte"),
        (1536, "1,5 KB"),
        (5 * 1024**2, "5,0 MB"),
        (2**45, "32.768,0 GB"),
    ],
)
def test_sizes_are_written_as_people_say_them(app: Flask, count: int, text: str):
    with app.test_request_context():
        assert i18n.size(count) == text


def test_sizes_have_a_point_in_english(app: Flask):
    with app.test_request_context(), force_locale("en"):
        assert i18n.size(1536) == "1.5 KB"
