"""Passwords as people may choose them: long, pasted, kept for years; never one that leaked."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser

from meetings import clock
from meetings.accounts import services
from meetings.accounts.entry.services import _common, is_weak
from tests.client import outline
from tests.serving import served

SENTENCE = "Sáng mai cả tổ ra đồng gặt lúa sớm, chiều về họp bàn chuyện làm đường liên thôn mới."
AS_LEAKED = [
    "football2024!",
    "manchesterunited",
    "1qazxsw23edc",
    "administrator",
    "dragonmonkey1",
    "Superman.Batman",
]


@pytest.mark.parametrize("password", AS_LEAKED)
def test_what_leaked_from_many_people_is_refused(password):
    assert len(password) >= 12
    assert is_weak(password)


def test_more_than_three_thousand_leaked_passwords_are_known_at_every_permitted_length():
    known = _common()
    assert len(known) >= 3000
    assert [word for word in known if not is_weak(word.ljust(12, "1"))] == []


@settings(max_examples=200)
@given(st.sampled_from(sorted(_common())), st.sampled_from(sorted(_common())), st.integers(0, 9999))
def test_two_of_them_are_no_better_than_one(one, other, year):
    assert is_weak(f"{one.title()}{year}{other.upper()}!")


def enter(client, user, password):
    return client.submit("/sign-in", username=user.username, password=password)


def test_a_password_of_a_whole_sentence_opens_to_its_last_letter(
    client, session, installation, world, app
):
    assert len(SENTENCE) > 64
    secret = services.issue_secret(session, world.delegate)
    session.commit()
    fields = {"username": world.delegate.username, "secret": secret}
    answer = client.submit("/activate", password=SENTENCE, again=SENTENCE, **fields)
    assert answer.status_code == 303
    assert enter(app.test_client(), world.delegate, SENTENCE[:-1]).status_code == 422
    assert enter(client, world.delegate, SENTENCE).status_code == 303


def test_a_password_stays_good_for_years(client, session, installation, world, monkeypatch):
    services.set_password(session, installation.keys, world.delegate, SENTENCE)
    session.commit()
    later = clock.now() + timedelta(days=3650)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert enter(client, world.delegate, SENTENCE).location == "/"
    assert client.get("/account/sign-ins").status_code == 200


@pytest.mark.parametrize(
    ("address", "hidden"), [("/sign-in", 1), ("/activate", 2), ("/account/password", 3)]
)
def test_what_is_typed_as_a_password_is_not_shown(sign_in, world, address, hidden):
    client = sign_in(world.delegate if address.startswith("/account") else None)
    page = outline(client.get(address).get_data(as_text=True))
    kinds = [i for i in page.all("input") if "password" in i.get("autocomplete", "")]
    assert len(kinds) == hidden
    assert {field["type"] for field in kinds} == {"password"}


@pytest.mark.browser
def test_a_password_can_be_pasted(browser: Browser, live_address):
    page = browser.new_page()
    page.goto(f"{live_address}/sign-in?way=password")
    page.fill("[name=username]", SENTENCE)
    page.press("[name=username]", "Control+A")
    page.press("[name=username]", "Control+C")
    page.focus("[name=password]")
    page.press("[name=password]", "Control+V")
    assert page.input_value("[name=password]") == SENTENCE
    page.close()


@pytest.fixture
def live_address(app):
    with served(app) as server:
        yield f"http://127.0.0.1:{server.server_port}"
