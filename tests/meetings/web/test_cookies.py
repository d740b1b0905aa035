"""Cookies: whichever page sets one, it is bound to this host, to https, and hidden from scripts."""

from dataclasses import replace

import pytest

from meetings.accounts import services
from meetings.app import create_app
from tests.client import CheckingClient, outline

PASSWORD = "trời hôm nay đẹp lắm"
HERE = {"base_url": "https://localhost"}


@pytest.fixture
def secure(settings, session, installation, world):
    """A client of an installation that is reached over https, and an account with a password."""
    services.set_password(session, installation.keys, world.delegate, PASSWORD)
    session.commit()
    app = create_app(replace(settings, https=True))
    app.test_client_class = CheckingClient
    yield app.test_client()
    app.extensions["live"].close()
    app.extensions["installation"].close()


def send(client, address, **fields):
    page = client.get("/help", **HERE)
    token = next(
        m["content"]
        for m in outline(page.get_data(as_text=True)).all("meta")
        if m.get("name") == "csrf-token"
    )
    answer = client.post(address, data={"csrf_token": token, **fields}, **HERE)
    return [c for a in (page, answer) for c in a.headers.getlist("Set-Cookie")]


@pytest.fixture
def cookies(secure, world):
    """Every cookie that signing in, choosing and signing out set."""
    found = send(secure, "/sign-in", username=world.delegate.username, password=PASSWORD)
    found += send(secure, "/preferences", theme="night")
    return found + send(secure, "/sign-out")


def test_all_kinds_are_among_those_examined(cookies):
    names = {cookie.partition("=")[0] for cookie in cookies}
    assert names == {"__Host-sid", "__Host-device", "__Host-preferences"}


@pytest.mark.parametrize("part", ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"])
def test_every_cookie_is_for_https_and_this_site_and_hidden_from_scripts(cookies, part):
    assert [cookie for cookie in cookies if part not in cookie.split("; ")] == []


def test_no_cookie_is_for_other_hosts(cookies):
    assert [cookie for cookie in cookies if "domain" in cookie.lower()] == []


def test_a_forged_cookie_of_the_session_opens_nothing(app, sign_in, world):
    genuine = sign_in(world.delegate)
    value = genuine.get_cookie("sid").value
    thief = app.test_client()
    for forged in (value[:-1] + "~", value.partition(".")[2], "gASVKAAAAAAAAACMBXBvc2l4lC4=", "{}"):
        thief.set_cookie("sid", forged)
        assert thief.get("/account/sign-ins").status_code == 303
    thief.set_cookie("sid", value)
    assert thief.get("/account/sign-ins").status_code == 200
