from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask_babel import force_locale
from markupsafe import escape

from meetings.web import i18n
from tests.client import CheckingClient

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


def test_whole_numbers_are_grouped_as_the_language_does(app: Flask):
    with app.test_request_context():
        assert [i18n.whole(number) for number in (7, 1548, 100_000)] == ["7", "1.548", "100.000"]


def test_sizes_have_a_point_in_english(app: Flask):
    with app.test_request_context(), force_locale("en"):
        assert i18n.size(1536) == "1.5 KB"


@pytest.mark.parametrize("name", ['<b title="x">&</b>', "100 % & <i>", "Đặng Văn Hải"])
def test_values_in_a_sentence_are_escaped_and_the_sentence_is_not(app: Flask, name: str):
    template = app.jinja_env.from_string("{{ _('Signed in as %(name)s', name=name) }}")
    quiet = app.jinja_env.from_string("{{ _('50%% <i>done</i>') }}")
    with app.test_request_context(), force_locale("en"):
        assert template.render(name=name) == f"Signed in as {escape(name)}"
        assert quiet.render() == "50% <i>done</i>"


def test_each_reader_gets_sentences_in_the_own_language(app: Flask, client: CheckingClient):
    pages = [client.get("/sign-in").text]
    client.submit("/preferences", locale="en")
    pages.append(client.get("/sign-in").text)
    client.submit("/preferences", locale="vi")
    pages.append(client.get("/sign-in").text)
    assert pages[0].count("Đăng nhập") == pages[2].count("Đăng nhập") > 0
    assert "Đăng nhập" not in pages[1]
    assert "Sign in" in pages[1]
