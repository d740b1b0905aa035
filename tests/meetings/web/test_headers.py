"""Headers: the same safety on every kind of answer; nothing private is kept by a cache."""

from collections.abc import Callable

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from meetings.web import assets, headers
from meetings.web.pages import Pages
from tests.client import outline

POLICY = dict(
    part.strip().partition(" ")[::2] for part in headers.CONTENT_SECURITY_POLICY.split(";")
)
Ask = Callable[[str], TestResponse]
PRIVATE = {
    "page": "/help",
    "json": "/health",
    "first page": "/",
    "absent": "/nowhere",
    "redirect": "/meetings",
    "broken": "/kinds/broken",
    "stream": "/kinds/stream",
    "own policy": "/kinds/own-policy",
    "kept": "/kinds/kept",
}
EVERY_KIND = pytest.mark.parametrize("kind", [*PRIVATE, "static"])
EVERY_PRIVATE_KIND = pytest.mark.parametrize("kind", PRIVATE)


@pytest.fixture
def app(app: Flask) -> Flask:
    """The application with a route for each kind of answer, asked by a client without opinion."""
    app.test_client_class = FlaskClient
    pages = Pages("kinds", __name__)

    @pages.get("/kinds/broken", needs=None)
    def broken() -> str:
        raise ZeroDivisionError

    @pages.get("/kinds/stream", needs=None)
    def stream() -> Response:
        return Response(app.extensions["live"].stream("room", None), mimetype="text/event-stream")

    @pages.get("/kinds/own-policy", needs=None)
    def own_policy() -> Response:
        return Response("", headers={"Content-Security-Policy": "sandbox; default-src 'none'"})

    @pages.get("/kinds/kept", needs=None)
    def kept() -> Response:
        wish = {"Cache-Control": "public, max-age=9", "Vary": "Accept"}
        return Response("", headers=wish)

    pages.register(app)
    return app


@pytest.fixture
def ask(app: Flask) -> Ask:
    """Return the answer of a kind; bodies are closed, only the headers count."""
    client = app.test_client()
    with app.test_request_context():
        static = assets.asset("css/app.css")

    def fetch(kind: str) -> TestResponse:
        answer = client.get(static if kind == "static" else PRIVATE[kind])
        answer.close()
        return answer

    return fetch


def test_the_policy_allows_nothing_unsafe_and_nothing_from_elsewhere():
    assert POLICY["default-src"] == "'none'"
    assert "unsafe" not in headers.CONTENT_SECURITY_POLICY
    for sources in POLICY.values():
        assert set(sources.split()) <= {"'none'", "'self'", "'script'", "blob:"}
    assert [name for name, sources in POLICY.items() if "blob:" in sources] == ["img-src"]


@pytest.mark.parametrize("name", ["frame-ancestors", "base-uri"])
def test_the_policy_closes_what_the_default_leaves_open(name):
    assert POLICY[name] == "'none'"


def test_forms_go_to_this_site_only():
    assert POLICY["form-action"] == "'self'"


@EVERY_KIND
@pytest.mark.parametrize("name", headers.HEADERS)
def test_every_kind_of_answer_carries_every_header_once(ask: Ask, kind, name):
    given = ask(kind).headers.getlist(name)
    assert len(given) == 1
    if (kind, name) != ("own policy", "Content-Security-Policy"):
        assert given == [headers.HEADERS[name]]


def test_an_answer_may_bring_a_stricter_policy_of_its_own(ask: Ask):
    own = ask("own policy").headers["Content-Security-Policy"]
    assert own == "sandbox; default-src 'none'"


@EVERY_PRIVATE_KIND
def test_no_cache_keeps_a_private_answer(ask: Ask, kind):
    answer = ask(kind)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "cookie" in answer.vary


def test_a_view_cannot_wish_itself_into_a_cache(ask: Ask):
    answer = ask("kept")
    assert "max-age" not in answer.headers["Cache-Control"]
    assert set(answer.vary) == {"Accept", "Cookie"}


def test_a_static_file_is_the_same_for_everyone_for_ever(ask: Ask):
    answer = ask("static")
    assert answer.status_code == 200
    assert answer.cache_control.public
    assert answer.cache_control.immutable
    assert answer.cache_control.max_age == assets.FOR_EVER
    assert not answer.cache_control.no_store


def test_a_static_file_sets_no_cookie(ask: Ask):
    assert "Set-Cookie" not in ask("static").headers


def test_the_kinds_are_what_they_claim(ask: Ask, app: Flask):
    assert ask("page").mimetype == "text/html"
    assert ask("json").mimetype == "application/json"
    assert ask("stream").mimetype == "text/event-stream"
    assert ask("broken").status_code == 500
    assert ask("first page").status_code == 303


@EVERY_KIND
def test_development_does_not_bind_browsers_to_https(ask: Ask, kind):
    assert "Strict-Transport-Security" not in ask(kind).headers


def test_a_page_needs_nothing_that_its_policy_forbids(app: Flask):
    page = outline(app.test_client().get("/help").get_data(as_text=True))
    sources = [s.get("src", "") for s in page.all("script")]
    sources += [link["href"] for link in page.all("link")]
    assert sources
    assert all(source.startswith("/") and not source.startswith("//") for source in sources)
