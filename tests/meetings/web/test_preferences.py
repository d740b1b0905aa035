"""Preferences: whatever a cookie says, one valid choice for each question comes out."""

from dataclasses import asdict, replace
from itertools import product

import pytest
from flask import Flask
from hypothesis import example, given
from hypothesis import strategies as st
from werkzeug.test import EnvironBuilder

from meetings.app import create_app
from meetings.web.preferences import CHOICES, COOKIE, NAMES, YEAR, Preferences, preferences

DEFAULT = Preferences()
EVERY_CHOICE = [Preferences(*values) for values in product(*CHOICES.values())]


def read(app: Flask, cookie: str) -> Preferences:
    environ = EnvironBuilder().get_environ()
    environ["HTTP_COOKIE"] = f"{COOKIE}={cookie}"
    with app.request_context(environ):
        return preferences()


@pytest.fixture(scope="module")
def bare() -> Flask:
    """An application that knows its language and nothing else."""
    app = Flask("bare", static_folder=None)
    app.config["BABEL_DEFAULT_LOCALE"] = "vi"
    return app


def test_there_is_a_choice_for_every_question():
    assert tuple(CHOICES) == NAMES
    assert DEFAULT in EVERY_CHOICE


@pytest.mark.parametrize("chosen", EVERY_CHOICE, ids=str)
def test_every_choice_is_read_back_from_its_cookie(bare: Flask, chosen: Preferences):
    assert read(bare, ".".join(asdict(chosen).values())) == chosen


@pytest.mark.parametrize(
    ("cookie", "expected"),
    [
        ("", DEFAULT),
        ("night", replace(DEFAULT, theme="night")),
        ("dark.150.en", Preferences(size="150", locale="en")),
        ("night.999.en", Preferences(theme="night", locale="en")),
        ("night.150.fr", Preferences(theme="night", size="150")),
        ("sepia.125.en.more.of.it", Preferences("sepia", "125", "en")),
        ("150.night.en", replace(DEFAULT, locale="en")),
    ],
)
def test_what_is_not_a_choice_is_left_at_its_default(bare: Flask, cookie, expected):
    assert read(bare, cookie) == expected


@given(cookie=st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40))
@example(cookie="....")
@example(cookie='"><script>.100.vi')
def test_no_cookie_brings_anything_but_choices_to_a_page(bare: Flask, cookie):
    found = asdict(read(bare, cookie))
    assert all(found[name] in choices for name, choices in CHOICES.items())


def test_one_choice_leaves_the_others_as_they_were(client):
    client.submit("/preferences", theme="sepia", size="125", locale="en")
    client.submit("/preferences", theme="night")
    assert client.get_cookie(COOKIE).value == "night.125.en"


def test_the_cookie_stays_for_a_year_and_out_of_reach_of_scripts(client):
    given = client.submit("/preferences", size="150").headers["Set-Cookie"]
    for part in (f"Max-Age={YEAR}", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in given
    assert "Secure" not in given


def test_the_cookie_is_for_https_only_where_that_is_spoken(app: Flask, client):
    token = client.csrf_token()
    app.config["SESSION_COOKIE_SECURE"] = True
    given = client.post("/preferences", data={"csrf_token": token, "size": "150"})
    cookies = given.headers.getlist("Set-Cookie")
    assert ["Secure" in cookie for cookie in cookies if cookie.startswith(f"__Host-{COOKIE}=")] == [
        True
    ]


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:0", ""]
)
def test_a_choice_leads_to_no_other_site(client, address):
    assert client.submit("/preferences", size="125", next=address).location == "/"


def test_a_choice_without_its_token_is_not_kept(client):
    assert client.post("/preferences", data={"theme": "night"}).status_code == 403
    assert client.get_cookie(COOKIE) is None


def test_an_installation_may_speak_english_from_the_start(settings):
    app = create_app(replace(settings, default_locale="en"))
    client = app.test_client()
    assert 'lang="en"' in client.get("/help").get_data(as_text=True)
    client.set_cookie(COOKIE, "light.100.vi")
    assert 'lang="vi"' in client.get("/help").get_data(as_text=True)
    app.extensions["installation"].close()
