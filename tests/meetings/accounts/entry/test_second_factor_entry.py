"""The second factor at the door: asked of those who have one, shared by those who must."""

import dataclasses
import re
from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select

from meetings import clock
from meetings.accounts import services
from meetings.accounts.second_factor import services as factor
from meetings.accounts.throttle import services as throttle
from meetings.models import AuditEntry, Decision, Role, SecondFactor, SignIn
from tests.client import outline

PASSWORD = "trời hôm nay đẹp lắm"
OWN_PAGE = "/account/sign-ins"


@pytest.fixture
def clerk(session, installation, world):
    services.set_password(session, installation.keys, world.clerk, PASSWORD)
    session.commit()
    return world.clerk


@pytest.fixture
def asked(app, installation):
    """An installation that asks the second factor of privileged accounts."""
    settings = dataclasses.replace(installation.settings, second_factor=True)
    installation.settings = settings
    return app


@pytest.fixture
def telephone(session, installation, clerk, monkeypatch):
    """The app of a clerk who shared a secret a minute ago."""
    telephone = pyotp.TOTP(factor.begin(session, installation.keys, clerk))
    older = telephone.at(clock.now(), counter_offset=-1)
    telephone.recovery = factor.take(session, installation.keys, clerk, older)
    session.commit()
    return telephone


def enter(client, user, **fields):
    return client.submit("/sign-in", username=user.username, password=PASSWORD, **fields)


def is_in(client):
    return client.get(OWN_PAGE).status_code == 200


def lines(installation):
    with installation.database.reading() as reading:
        rows = reading.scalars(select(AuditEntry).order_by(AuditEntry.seq))
        return [(row.action, row.decision) for row in rows]


def give(client, code, **fields):
    return client.submit("/sign-in/code", code=code, **fields)


def test_the_password_alone_opens_nothing_but_the_page_of_the_code(client, clerk, telephone):
    answer = enter(client, clerk, next="/meetings")
    assert answer.location == "/sign-in/code?next=/meetings"
    assert not is_in(client)
    page = client.get(answer.location).get_data(as_text=True)
    assert telephone.secret not in page.replace(" ", "")
    assert "<path" not in page, "the secret is shown while it is shared, never again"


def test_password_and_code_let_in_under_a_new_token(app, client, installation, clerk, telephone):
    enter(client, clerk)
    with client.session_transaction() as cookie:
        before = dict(cookie)
    answer = give(client, telephone.now(), next="/meetings")
    assert (answer.status_code, answer.location) == (303, "/meetings")
    assert is_in(client)
    assert lines(installation)[-1] == ("account:sign-in", Decision.ALLOWED)
    thief = app.test_client()
    with thief.session_transaction() as cookie:
        cookie.update(before)
    assert not is_in(thief)
    assert give(thief, telephone.now()).location == "/sign-in?next=/"


def test_a_code_seen_over_the_shoulder_lets_nobody_in_again(app, client, clerk, telephone):
    code = telephone.now()
    enter(client, clerk)
    give(client, code)
    thief = app.test_client()
    enter(thief, clerk)
    assert give(thief, code).status_code == 422
    assert not is_in(thief)


def test_a_recovery_code_stands_in_once(app, client, clerk, telephone):
    assert len(telephone.recovery) == 10
    enter(client, clerk)
    assert give(client, telephone.recovery[0]).status_code == 303
    again = app.test_client()
    enter(again, clerk)
    assert give(again, telephone.recovery[0]).status_code == 422


def test_wrong_codes_are_written_down_and_slowed_down(client, installation, clerk, telephone):
    enter(client, clerk)
    answers = [give(client, "no code").status_code for _ in range(6)]
    assert answers == [422] * 4 + [429] * 2, "the password was the first attempt of five"
    assert lines(installation).count(("account:second-factor", Decision.REFUSED)) == 4
    assert give(client, telephone.now()).status_code == 429


def test_the_right_password_does_not_make_more_codes_free(client, clerk, telephone, monkeypatch):
    monkeypatch.setattr(throttle, "FIRST_WAIT", timedelta(minutes=5))
    codes = []
    for _ in range(6):
        enter(client, clerk)
        codes.append(give(client, "no code").status_code)
    assert codes == [422] * 2 + [429] * 4, "two passwords, two codes, a password: five are free"
    assert enter(client, clerk).status_code == 429


def test_a_sign_in_that_waits_too_long_begins_anew(client, installation, clerk, telephone):
    enter(client, clerk)

    def age(session):
        session.scalars(select(SignIn)).one().idle_until -= services.CODE_LASTS

    installation.database.write(age)
    assert give(client, telephone.now()).location == "/sign-in?next=/"
    assert not is_in(client)


def test_who_is_closed_meanwhile_is_not_let_in(client, installation, session, clerk, telephone):
    enter(client, clerk)
    services.change_user(session, session.merge(clerk), clearance=clerk.clearance, active=False)
    session.commit()
    assert give(client, telephone.now()).location == "/sign-in?next=/"


def test_a_delegate_without_a_second_factor_is_not_asked_for_one(
    asked, client, session, installation, world
):
    services.set_password(session, installation.keys, world.delegate, PASSWORD)
    session.commit()
    assert enter(client, world.delegate).location == "/"
    assert is_in(client)


def test_a_privileged_account_shares_a_secret_before_it_is_let_in(
    asked, client, installation, clerk
):
    assert enter(client, clerk).location == "/sign-in/code?next=/"
    page = client.get("/sign-in/code").get_data(as_text=True)
    letters = re.search(r'class="secret">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    assert outline(page).all("path")[0]["d"].startswith("M")
    assert give(client, "no code").status_code == 422
    shown = give(client, pyotp.TOTP(letters).now())
    codes = re.findall(r'class="secret">([a-z0-9-]+)<', shown.get_data(as_text=True))
    assert len(codes) == 10
    assert is_in(client)
    again = asked.test_client()
    enter(again, clerk)
    assert give(again, codes[0]).location == "/"


def test_looking_at_the_page_changes_nothing(asked, client, installation, clerk):
    enter(client, clerk)
    kept = []
    for _ in range(2):
        page = client.get("/sign-in/code").get_data(as_text=True)
        with installation.database.reading() as reading:
            (row,) = reading.scalars(select(SecondFactor))
        kept.append((re.search(r'class="secret">([A-Z2-7 ]+)<', page)[1], row.secret))
    assert kept[0] == kept[1]


def test_an_administrator_forgets_the_factor_of_who_lost_the_telephone(
    client, sign_in, session, world, clerk, telephone
):
    address = f"/users/{clerk.id}"
    administrator = sign_in(world.administrator)
    assert "Yếu tố xác thực thứ hai" in administrator.get(address).get_data(as_text=True)
    assert administrator.submit(address, deed="forget-factor").status_code == 303
    assert enter(client, clerk).location == "/"
    assert sign_in(world.delegate).submit(address, deed="forget-factor").status_code == 404


def test_without_a_sign_in_that_waits_the_page_leads_to_the_first_step(client):
    assert client.get("/sign-in/code").location == "/sign-in?next=/"
    assert give(client, "123456").location == "/sign-in?next=/"


def test_a_role_given_later_asks_for_the_factor_at_the_next_sign_in(
    asked, client, session, installation, world
):
    services.set_password(session, installation.keys, world.delegate, PASSWORD)
    services.grant(session, world.delegate, Role.CLERK, world.office)
    session.commit()
    assert enter(client, world.delegate).location == "/sign-in/code?next=/"
