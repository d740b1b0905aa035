"""What a request stands on: who asks, from where, with which session and rights."""

from uuid import UUID

import pytest
from flask import Flask, g
from flask.testing import FlaskClient

from meetings import events
from meetings.models import Meeting
from meetings.policy import Permission
from meetings.web import context
from meetings.web.live import stream_response
from meetings.web.navigation import navigation
from meetings.web.pages import Pages


@pytest.fixture
def app(app: Flask) -> Flask:
    """The application with routes that tell what they stand on."""
    app.test_client_class = FlaskClient
    pages = Pages("standing", __name__)

    @pages.get("/standing/<uuid:meeting>", needs=None)
    def rights(meeting: UUID) -> dict[str, bool]:
        meeting = context.session().get_one(Meeting, meeting)
        return {
            "account": context.may(Permission.ACCOUNT_USE),
            "read": context.may(Permission.MEETING_READ, meeting),
            "prepare": context.may(Permission.MEETING_PREPARE, meeting),
            "without its row": context.may(Permission.MEETING_READ),
            "with a row too many": context.may(Permission.ACCOUNT_USE, meeting),
        }

    @pages.get("/standing/who", needs=Permission.ACCOUNT_USE)
    def who() -> dict[str, str]:
        return {"id": str(context.person_asking().id), "address": context.address()}

    @pages.get("/standing/session", needs=None)
    def session() -> dict[str, bool]:
        app.extensions["seen"] = context.session()
        return {"open": context.session() is g.session}

    @pages.get("/standing/<uuid:meeting>/stream", needs=Permission.MEETING_READ)
    def stream(meeting: Meeting) -> object:
        return stream_response(app.extensions["live"], "room", Permission.MEETING_READ, meeting)

    pages.register(app)
    app.add_url_rule("/unguarded", view_func=lambda: [link.place.endpoint for link in navigation()])
    return app


NOTHING = dict.fromkeys(
    ("account", "read", "prepare", "without its row", "with a row too many"), False
)


@pytest.mark.parametrize(
    ("who", "rights"),
    [
        (None, set()),
        ("outsider", {"account"}),
        ("delegate", {"account", "read"}),
        ("clerk", {"account", "read", "prepare"}),
        ("administrator", {"account"}),
    ],
)
def test_each_may_do_what_the_policy_opens_and_a_stranger_nothing(sign_in, world, who, rights):
    client = sign_in(getattr(world, who) if who else None)
    answer = client.get(f"/standing/{world.meeting.id}")
    assert answer.json == NOTHING | dict.fromkeys(rights, True)


def test_a_planned_meeting_is_the_clerks_alone(sign_in, world):
    address = f"/standing/{world.planned_meeting.id}"
    assert sign_in(world.clerk).get(address).json["read"] is True
    assert sign_in(world.delegate).get(address).json["read"] is False


def test_a_forged_cookie_makes_a_stranger(app: Flask, world):
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = "no such token"
    assert client.get(f"/standing/{world.meeting.id}").json == NOTHING


def test_an_account_that_is_closed_may_do_nothing_from_the_next_request_on(
    installation, sign_in, world
):
    client, other = sign_in(world.delegate), sign_in(world.other_delegate)
    address = f"/standing/{world.meeting.id}"
    assert client.get(address).json["read"] is True

    def close(session) -> None:
        session.get_one(type(world.delegate), world.delegate.id).active = False

    installation.database.write(close)
    assert client.get(address).json == NOTHING
    assert other.get(address).json["read"] is True


def test_the_person_asking_is_the_one_of_the_cookie(sign_in, world):
    for user in (world.delegate, world.clerk):
        assert sign_in(user).get("/standing/who").json["id"] == str(user.id)


def test_the_address_is_that_of_the_connection(sign_in, world):
    near = {"REMOTE_ADDR": "10.1.2.3"}
    answer = sign_in(world.delegate).get("/standing/who", environ_base=near)
    assert answer.json["address"] == "10.1.2.3"


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP"])
def test_the_address_is_not_what_a_header_claims(sign_in, world, header):
    answer = sign_in(world.delegate).get("/standing/who", headers={header: "6.6.6.6"})
    assert answer.json["address"] == "127.0.0.1"


def test_a_connection_without_address_has_an_empty_one(app: Flask):
    with app.test_request_context(environ_base={"REMOTE_ADDR": ""}):
        assert context.address() == ""


def test_the_session_of_a_request_is_closed_with_it(app: Flask):
    assert app.test_client().get("/standing/session").json == {"open": True}
    assert not app.extensions["seen"].in_transaction()


def test_the_installation_is_the_one_of_the_application(app: Flask, installation):
    with app.app_context():
        assert context.installation() is installation


def test_the_navigation_outside_of_the_guard_asks_the_same_policy(sign_in, world):
    assert sign_in(None).get("/unguarded").json == []
    delegate = sign_in(world.delegate).get("/unguarded").json
    administrator = sign_in(world.administrator).get("/unguarded").json
    assert set(delegate) < set(administrator)


@pytest.mark.parametrize(
    ("query", "headers", "heard"),
    [
        ("", {}, []),
        ("?after=0", {}, [1, 3]),
        ("?after=1", {}, [3]),
        ("", {"Last-Event-ID": "1"}, [3]),
        ("?after=0", {"Last-Event-ID": "1"}, [3]),
        ("?after=-1", {}, []),
        ("?after=%D9%A1", {}, []),
        ("?after=x", {}, []),
    ],
)
def test_a_stream_begins_after_what_the_browser_has_seen(
    app: Flask, installation, world, sign_in, query, headers, heard
):
    client = sign_in(world.delegate)
    for topic in ("room", "noise", "room"):
        publish(installation, topic)
    answer = client.get(f"/standing/{world.meeting.id}/stream{query}", headers=headers)
    chunks = answer.iter_encoded()
    assert next(chunks) == b"retry: 2000\n\n"
    lines = [next(chunks).decode().splitlines()[0] for _ in heard]
    assert lines == [f"id: {number}" for number in heard]
    app.extensions["live"].close()
    assert list(chunks) == []
    answer.close()


def publish(installation, topic: str) -> None:
    installation.database.write(lambda session: events.publish(session, topic, "tick", n=1))
