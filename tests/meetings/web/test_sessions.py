"""The session's cookie: forged, old or foreign ones hold nothing, and nobody's content leaks."""

import time
from dataclasses import replace

import pytest
from flask import flash, session

from meetings.app import create_app


@pytest.fixture
def serializer(app):
    return app.session_interface.get_signing_serializer(app)


@pytest.fixture
def read(app):
    """What the session of a request holds that brings a cookie."""

    def held(cookie: str) -> dict[str, object]:
        name = app.config["SESSION_COOKIE_NAME"]
        with app.test_request_context("/", headers={"Cookie": f"{name}={cookie}"}):
            return dict(session)

    return held


def test_a_cookie_is_read_as_it_was_written_however_often(serializer, read):
    cookie = serializer.dumps({"a": "b", "list": ["c"]})
    assert [read(cookie) for _ in range(3)] == [{"a": "b", "list": ["c"]}] * 3


def test_a_cookie_with_one_letter_changed_holds_nothing_before_and_after(serializer, read):
    cookie = serializer.dumps({"a": "b"})
    forged = cookie[:-3] + ("A" if cookie[-3] != "A" else "B") + cookie[-2:]
    assert read(forged) == {}
    assert read(cookie) == {"a": "b"}
    assert read(forged) == {}


def test_what_one_request_adds_is_not_in_another_with_the_same_cookie(app, serializer):
    cookie = serializer.dumps({"_flashes": [["message", "cũ"]]})
    headers = {"Cookie": f"{app.config['SESSION_COOKIE_NAME']}={cookie}"}
    for _ in range(2):
        with app.test_request_context("/", headers=headers):
            flash("mới")
            assert [text for _, text in session["_flashes"]] == ["cũ", "mới"]


def test_a_cookie_that_was_seen_grows_too_old_all_the_same(app, serializer, read, monkeypatch):
    cookie = serializer.dumps({"a": "b"})
    assert read(cookie) == {"a": "b"}
    end = time.time() + app.permanent_session_lifetime.total_seconds()
    monkeypatch.setattr("meetings.web.sessions.time", lambda: end - 9)
    assert read(cookie) == {"a": "b"}
    monkeypatch.setattr("meetings.web.sessions.time", lambda: end + 9)
    assert read(cookie) == {}


def test_a_cookie_of_another_installation_holds_nothing(settings, tmp_path, serializer, read):
    other = create_app(replace(settings, keys=str(tmp_path / "other-keys")))
    theirs = other.session_interface.get_signing_serializer(other).dumps({"a": "b"})
    other.extensions["live"].close()
    other.extensions["installation"].close()
    assert read(theirs) == {}


def test_an_application_without_a_key_signs_nothing(app):
    app.secret_key = None
    assert type(app.session_interface)().get_signing_serializer(app) is None
