"""Errors: a page or its JSON twin, in the reader's language, with a code and nothing else."""

import logging
import re

import pytest
from flask import Flask, abort
from flask_babel import force_locale, gettext
from werkzeug.exceptions import MethodNotAllowed, ServiceUnavailable
from werkzeug.test import TestResponse

from meetings.web.pages import Pages
from storage import NoSpace
from tests.client import BrowserClient

JSON = {"Accept": "application/json"}
SECRET = "Nội dung tờ trình mật số 17"
HEADINGS = {
    403: "This page is not open to you",
    404: "This page is not here",
    405: "This page is not here",
    413: "The file is too large",
    422: "What was sent could not be taken",
    429: "Too much at once",
    500: "Something went wrong on our side",
    503: "The system is busy",
    507: "The storage is full",
}
EVERY_CODE = pytest.mark.parametrize("code", HEADINGS)
REQUEST_ID = re.compile(r"<code>([0-9a-f]{12})</code>")


class Unforeseen(Exception):
    """What no handler expects."""


@pytest.fixture
def app(app: Flask) -> Flask:
    """The application with routes that fail, asked by a client that lets them."""
    app.test_client_class = BrowserClient
    pages = Pages("failing", __name__)

    @pages.get("/failing/<int:code>", needs=None)
    def fail(code: int) -> str:
        if code == 507:
            raise NoSpace
        abort(code)

    @pages.get("/failing/unforeseen", needs=None)
    def unforeseen() -> str:
        text_of_a_document = SECRET
        raise Unforeseen(text_of_a_document)

    @pages.get("/failing/chained", needs=None)
    def chained() -> str:
        try:
            return {"known": "text"}[SECRET]
        except KeyError as error:
            raise Unforeseen(SECRET) from error

    @pages.get("/failing/method", needs=None)
    def method() -> str:
        raise MethodNotAllowed(valid_methods=["GET", "PUT"])

    @pages.get("/failing/busy", needs=None)
    def busy() -> str:
        raise ServiceUnavailable(retry_after=7)

    @pages.get("/failing/own-answer", needs=None)
    def own_answer() -> str:
        abort(app.response_class("mine", 418, {"X-Mine": "1"}))

    @pages.post("/failing/take", needs=None)
    def take() -> tuple[str, int]:
        return "", 204

    pages.register(app)
    return app


@pytest.fixture
def client(app: Flask) -> BrowserClient:
    return app.test_client()


def heading(app: Flask, code: int, locale: str) -> str:
    with app.test_request_context(), force_locale(locale):
        return gettext(HEADINGS[code])


def speak(client: BrowserClient, locale: str) -> BrowserClient:
    client.set_cookie("preferences", f"light.100.{locale}")
    return client


def assert_tells_nothing(answer: TestResponse) -> None:
    text = answer.get_data(as_text=True)
    for telling in ("Traceback", 'File "', "meetings/", "werkzeug", "Unforeseen", SECRET):
        assert telling not in text


@EVERY_CODE
@pytest.mark.parametrize("locale", ["vi", "en"])
def test_every_error_is_a_page_in_the_readers_language(app, client, code, locale):
    answer = speak(client, locale).get(f"/failing/{code}")
    html = answer.get_data(as_text=True)
    assert answer.status_code == code
    assert answer.mimetype == "text/html"
    assert f'lang="{locale}"' in html
    assert f"<h1>{heading(app, code, locale)}</h1>" in html
    assert_tells_nothing(answer)


@EVERY_CODE
def test_the_two_languages_say_it_in_different_words(app, code):
    assert heading(app, code, "en") == HEADINGS[code]
    assert heading(app, code, "vi") != HEADINGS[code]


@EVERY_CODE
@pytest.mark.parametrize("locale", ["vi", "en"])
def test_every_error_has_a_json_twin_of_two_facts(client, code, locale):
    answer = speak(client, locale).get(f"/failing/{code}", headers=JSON)
    assert answer.status_code == code
    assert answer.mimetype == "application/json"
    assert answer.json["error"] == code
    assert re.fullmatch("[0-9a-f]{12}", answer.json["request"])
    assert answer.json.keys() == {"error", "request"}
    assert_tells_nothing(answer)


@EVERY_CODE
def test_the_page_shows_a_code_that_no_other_request_has(client, code):
    codes = [
        REQUEST_ID.findall(client.get(f"/failing/{code}").get_data(as_text=True)) for _ in range(2)
    ]
    assert [len(found) for found in codes] == [1, 1]
    assert codes[0] != codes[1]


@EVERY_CODE
def test_the_page_leads_back_to_the_first_page(client, code):
    assert 'href="/"' in client.get(f"/failing/{code}").get_data(as_text=True)


@EVERY_CODE
def test_a_signed_in_person_gets_the_same_kind_of_page(sign_in, world, code):
    answer = sign_in(world.delegate).get(f"/failing/{code}")
    assert answer.status_code == code
    assert REQUEST_ID.search(answer.get_data(as_text=True))


@pytest.mark.parametrize(("code", "page"), [(400, 404), (410, 404), (501, 500)])
def test_an_error_without_a_page_borrows_one_and_keeps_its_status(app, client, code, page):
    answer = client.get(f"/failing/{code}")
    assert answer.status_code == code
    assert heading(app, page, "vi") in answer.get_data(as_text=True)


@pytest.mark.parametrize("headers", [{}, JSON])
def test_the_header_that_names_the_methods_is_kept(client, headers):
    answer = client.get("/failing/method", headers=headers)
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "PUT"}


@pytest.mark.parametrize("headers", [{}, JSON])
def test_the_header_that_says_when_to_come_back_is_kept(client, headers):
    answer = client.get("/failing/busy", headers=headers)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "7"


def test_a_method_that_the_router_refuses_names_those_it_takes(client):
    answer = client.delete("/failing/method")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_an_answer_that_a_view_aborts_with_is_left_alone(client):
    answer = client.get("/failing/own-answer")
    assert (answer.status_code, answer.data, answer.headers["X-Mine"]) == (418, b"mine", "1")


def test_a_full_disk_is_no_fault_of_the_program(client, caplog):
    with caplog.at_level(logging.ERROR):
        assert client.get("/failing/507").status_code == 507
    assert caplog.records == []


def test_an_absent_address_is_a_page_too(client):
    answer = client.get("/nowhere/at/all")
    assert answer.status_code == 404
    assert REQUEST_ID.search(answer.get_data(as_text=True))


@pytest.mark.parametrize("headers", [{}, JSON])
@pytest.mark.parametrize("fields", [{}, {"csrf_token": "forged"}])
def test_a_form_without_its_token_is_refused(client, headers, fields):
    answer = client.post("/failing/take", data=fields, headers=headers)
    assert answer.status_code == 403
    assert_tells_nothing(answer)


def test_a_form_with_its_token_is_taken(client):
    html = client.get("/help").get_data(as_text=True)
    token = re.search(r'name="csrf-token" content="([^"]+)"', html)[1]
    assert client.post("/failing/take", data={"csrf_token": token}).status_code == 204


def test_a_form_that_is_too_large_says_how_much_may_be_sent(app, client):
    app.config["MAX_CONTENT_LENGTH"] = 10
    answer = client.post("/failing/take", data={"csrf_token": "x" * 50})
    assert answer.status_code == 413
    assert "200,0 MB" in answer.get_data(as_text=True)


@pytest.mark.parametrize("address", ["/failing/unforeseen", "/failing/chained"])
@pytest.mark.parametrize("headers", [{}, JSON])
def test_what_nobody_foresaw_answers_500_and_tells_nothing(client, address, headers):
    answer = client.get(address, headers=headers)
    assert answer.status_code == 500
    assert_tells_nothing(answer)


@pytest.mark.parametrize("address", ["/failing/unforeseen", "/failing/chained"])
def test_what_nobody_foresaw_is_logged_once_with_its_place_but_without_its_text(
    client, caplog, address
):
    with caplog.at_level(logging.ERROR):
        client.get(address)
    [record] = caplog.records
    line = logging.Formatter().format(record)
    assert "Unforeseen" in line
    assert "test_errors.py" in line
    assert SECRET not in line
    assert "\n" not in line, "one line a record"


def test_an_error_that_was_foreseen_is_not_logged(client, caplog):
    with caplog.at_level(logging.WARNING):
        client.get("/failing/404")
    assert caplog.records == []
