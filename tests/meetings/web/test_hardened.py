"""What no environment and no odd request turns on or gets around."""

import pytest

from meetings.app import create_app
from meetings.models import AccessLevel, Feedback, RoleAssignment, User
from tests.client import CheckingClient

HOSTILE = ["%41%2541", "%s %(num)d {0} {text.__class__}", "{{ 7*7 }} ${7*7} #{7*7}", "a+b&amp;c"]


def test_no_variable_turns_debugging_on(settings, monkeypatch):
    monkeypatch.setenv("FLASK_DEBUG", "1")
    app = create_app(settings)
    assert not app.debug
    assert app.test_client().get("/console").status_code == 404
    app.extensions["live"].close()
    app.extensions["installation"].close()


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_is_decoded_once_and_filled_into_nothing(sign_in, world, installation, text):
    sign_in(world.delegate).submit("/feedback", text=text)
    with installation.database.reading() as reading:
        assert reading.query(Feedback).one().text == text
    shown = sign_in(world.delegate).get("/archive", query_string={"q": text})
    from markupsafe import escape

    assert f'value="{escape(text)}"' in shown.get_data(as_text=True)


def test_what_a_form_does_not_have_changes_nothing(sign_in, world, installation):
    client: CheckingClient = sign_in(world.administrator)
    before = world.delegate
    more = {"username": "root", "password_hash": "x", "demo": "1", "revision": "99", "id": "x"}
    more |= {"person_id": str(world.clerk.person_id), "role": "administrator"}
    answer = client.submit(
        f"/users/{before.id}",
        deed="save",
        clearance=str(int(AccessLevel.RESTRICTED)),
        active="y",
        **more,
    )
    assert answer.status_code == 303
    with installation.database.reading() as reading:
        after = reading.get_one(User, before.id)
        assert after.clearance is AccessLevel.RESTRICTED
        for name in ("username", "password_hash", "demo", "person_id"):
            assert getattr(after, name) == getattr(before, name), name
        held = reading.query(RoleAssignment).filter_by(user_id=before.id).all()
    assert held == []


def test_a_deed_in_the_address_is_not_a_deed(sign_in, world, installation):
    client = sign_in(world.administrator)
    address = f"/users/{world.delegate.id}?deed=save&clearance=3"
    assert client.submit(address).status_code == 422
    assert client.submit("/sign-out?next=/help").status_code == 303
    with installation.database.reading() as reading:
        assert reading.get_one(User, world.delegate.id).clearance == world.delegate.clearance


def test_signing_out_leaves_nothing_in_the_browser(sign_in, world):
    answer = sign_in(world.delegate).submit("/sign-out")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
