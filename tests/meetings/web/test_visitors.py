"""Who sends a request: a token opens what its row says, and only while it says so."""

import hashlib
from datetime import timedelta

import pytest
from flask import g
from sqlalchemy import select

from meetings import clock
from meetings.models import SignIn
from meetings.policy import facts
from meetings.policy.predicates import NOW
from meetings.web.visitors import load_visitor, token_hash, visitor_of
from tests import factories

TOKEN = "the token of a delegate"
OWN_PAGE = "/account/sign-ins"
MOMENT = timedelta(seconds=1)


@pytest.fixture
def row(session, world):
    """The sign-in of TOKEN, beside one of somebody else."""
    factories.sign_in(session, world.other_delegate, token_hash=token_hash("another token"))
    made = factories.sign_in(session, world.delegate, token_hash=token_hash(TOKEN))
    session.commit()
    return made


def run_out(row):
    row.expires_at = clock.now() - MOMENT


def end(row):
    row.ended_at = clock.now()


def close(row):
    row.user.active = False


FALLEN = pytest.mark.parametrize("fall", [run_out, end, close])


def test_a_token_is_stored_as_its_sha256():
    assert token_hash("a") == hashlib.sha256(b"a").hexdigest()
    assert token_hash("a") != token_hash("A")


def test_a_token_selects_its_own_sign_in(session, row):
    assert visitor_of(session, TOKEN).sign_in_id == row.id


@pytest.mark.parametrize("token", ["", "nobody's", TOKEN + " ", token_hash(TOKEN)])
def test_anything_but_the_token_selects_nothing(session, row, token):
    assert visitor_of(session, token) is None


@FALLEN
def test_a_sign_in_that_ended_ran_out_or_was_closed_is_not_selected(session, row, fall):
    fall(row)
    session.flush()
    assert visitor_of(session, TOKEN) is None
    assert visitor_of(session, "another token") is not None


def known(asker):
    return {name: fact for name, fact in facts(asker).items() if name != NOW.key}


def test_a_visitor_is_the_account_and_the_person_of_a_sign_in(session, row, world):
    visitor = visitor_of(session, TOKEN)
    delegate = world.delegate
    assert (visitor.id, visitor.person_id) == (delegate.id, delegate.person_id)
    assert (visitor.name, visitor.clearance) == (delegate.person.full_name, delegate.clearance)
    assert known(visitor) == known(delegate)
    assert visitor.get_id() == TOKEN
    assert visitor.is_authenticated


def test_a_visitor_is_loaded_in_the_requests_own_session(app, session, row):
    with app.test_request_context("/"):
        g.session = session
        visitor = load_visitor(TOKEN)
        assert visitor is not None
        assert visitor.sign_in_id == row.id
        assert load_visitor("nobody's") is None


def test_a_visitor_is_loaded_where_no_session_is_open_yet(app, row, world):
    with app.test_request_context("/"):
        visitor = load_visitor(TOKEN)
        assert visitor is not None
        assert visitor.id == world.delegate.id
        assert visitor.name == world.delegate.person.full_name
        assert load_visitor("nobody's") is None


@FALLEN
def test_a_fall_takes_effect_at_the_very_next_request(installation, world, sign_in, fall):
    client, noise = sign_in(world.delegate), sign_in(world.other_delegate)
    assert client.get(OWN_PAGE).status_code == 200

    def change(session):
        fall(session.scalars(select(SignIn).where(SignIn.user_id == world.delegate.id)).one())

    installation.database.write(change)
    answer = client.get(OWN_PAGE)
    assert (answer.status_code, answer.location) == (303, f"/sign-in?next={OWN_PAGE}")
    assert noise.get(OWN_PAGE).status_code == 200


def test_another_browser_or_address_does_not_end_a_sign_in(world, sign_in):
    client = sign_in(world.delegate)
    for browser, address in [("Tablet", "10.0.0.1"), ("Telephone", "10.9.9.9")]:
        answer = client.get(
            OWN_PAGE,
            headers={"User-Agent": browser},
            environ_overrides={"REMOTE_ADDR": address},
        )
        assert answer.status_code == 200


@pytest.mark.parametrize("token", ["", "made up"])
def test_a_made_up_token_in_a_sound_cookie_is_a_stranger(client, row, token):
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
    assert client.get(OWN_PAGE).status_code == 303


def test_a_token_in_a_cookie_that_we_did_not_sign_is_a_stranger(client, row):
    client.set_cookie("sid", TOKEN)
    assert client.get(OWN_PAGE).status_code == 303
