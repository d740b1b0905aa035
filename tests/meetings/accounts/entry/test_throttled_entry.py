"""The throttle at every door: password, one-time secret, code."""

import dataclasses
import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from meetings import clock
from meetings.accounts import services
from meetings.accounts.throttle import services as throttle
from meetings.app import create_app
from meetings.models import Throttle
from tests.client import CheckingClient

PASSWORD = "trời hôm nay đẹp lắm"


@pytest.fixture
def member(session, installation, world):
    """A delegate who has a password and a one-time secret."""
    services.set_password(session, installation.keys, world.delegate, PASSWORD)
    secret = services.issue_secret(session, world.delegate)
    session.commit()
    world.delegate.secret = secret
    return world.delegate


def enter(client, member, password=PASSWORD):
    return client.submit("/sign-in", username=member.username, password=password)


def activate(client, member, secret="wrong"):
    words = {"password": "một mật khẩu khác hẳn", "again": "một mật khẩu khác hẳn"}
    return client.submit("/activate", username=member.username, secret=secret, **words)


def later(installation, by):
    """Move every count into the past, as if so much time had passed."""

    def move(session):
        for row in session.scalars(select(Throttle)):
            row.blocked_until -= by
            row.last_at -= by

    installation.database.write(move)


def test_after_five_wrong_passwords_even_the_right_one_has_to_wait(
    client, installation, member, monkeypatch
):
    assert [enter(client, member, "sai").status_code for _ in range(5)] == [422] * 5
    with monkeypatch.context() as patched:
        patched.setattr(services, "check_password", None)  # nothing is compared any more
        answer = enter(client, member)
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 5
    assert "Vui lòng thử lại sau" in answer.get_data(as_text=True)
    later(installation, timedelta(seconds=6))
    assert enter(client, member).status_code == 303


def test_password_and_secret_share_one_count(client, member, monkeypatch):
    monkeypatch.setattr(throttle, "FIRST_WAIT", timedelta(minutes=5))
    for attempt in (enter, activate, enter, activate):
        assert attempt(client, member, "wrong").status_code == 422
    assert activate(client, member).status_code == 422
    assert enter(client, member).status_code == 429
    assert activate(client, member, member.secret).status_code == 429


def test_a_long_wait_is_told_in_minutes(client, installation, session, member):
    door = throttle.door(installation.keys, member.username, "")
    session.add(
        Throttle(
            account=door.account,
            device=door.device,
            failures=12,
            last_at=clock.now(),
            blocked_until=clock.now() + timedelta(minutes=10, seconds=-5),
        )
    )
    session.commit()
    assert "10 phút" in enter(client, member).get_data(as_text=True)


def test_others_from_the_same_address_are_let_in_meanwhile(
    app, installation, session, world, member
):
    services.set_password(session, installation.keys, world.other_delegate, PASSWORD)
    session.commit()
    guesser, neighbour = app.test_client(), app.test_client()
    for _ in range(6):
        enter(guesser, member, "sai")
    assert enter(neighbour, world.other_delegate).status_code == 303


def test_the_owner_is_let_in_from_a_device_that_was_in_before(app, member):
    tablet, guesser = app.test_client(), app.test_client()
    assert enter(tablet, member).status_code == 303
    tablet.submit("/sign-out")
    for _ in range(6):
        enter(guesser, member, "sai")
    assert enter(guesser, member).status_code == 429
    assert enter(tablet, member).status_code == 303


def test_a_name_that_nobody_has_is_slowed_down_alike(client):
    answers = [client.submit("/sign-in", username="khong.co", password="x") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [422] * 5 + [429]


def test_attempts_sent_all_at_once_are_not_all_free(app, member):
    codes = []

    def guess():
        codes.append(enter(app.test_client(), member, "sai").status_code)

    threads = [threading.Thread(target=guess) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert codes.count(422) == throttle.FREE_ATTEMPTS
    assert codes.count(429) == 12 - throttle.FREE_ATTEMPTS


def test_where_too_many_wait_for_their_turn_the_next_is_asked_to_come_back(
    client, member, monkeypatch
):
    monkeypatch.setattr(services, "HASHES_WAITING", threading.BoundedSemaphore(1))
    with services.HASHES_WAITING:
        answer = enter(client, member)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert enter(client, member).status_code == 303


@pytest.mark.parametrize(("https", "name"), [(False, "device"), (True, "__Host-device")])
def test_the_device_cookie_is_kept_from_scripts_and_bound_to_the_host(app, member, https, name):
    app.config["SESSION_COOKIE_SECURE"] = https
    client = app.test_client()
    base = "https://localhost" if https else "http://localhost"
    sent = {"username": member.username, "password": PASSWORD}
    answer = client.submit("/sign-in", base_url=base, **sent)
    (line,) = [c for c in answer.headers.getlist("Set-Cookie") if c.startswith(f"{name}=")]
    assert "HttpOnly" in line
    assert "SameSite=Lax" in line
    assert ("Secure" in line) is https
    assert "Domain" not in line


@pytest.mark.parametrize(("https", "name"), [(False, "sid"), (True, "__Host-sid")])
def test_the_cookie_of_a_sign_in_is_kept_from_scripts_and_bound_to_the_host(
    settings, member, https, name
):
    app = create_app(dataclasses.replace(settings, https=https))
    app.test_client_class = CheckingClient
    base = "https://localhost" if https else "http://localhost"
    sent = {"username": member.username, "password": PASSWORD}
    answer = app.test_client().submit("/sign-in", base_url=base, **sent)
    (line,) = [c for c in answer.headers.getlist("Set-Cookie") if c.startswith(f"{name}=")]
    assert "HttpOnly" in line
    assert "SameSite=Lax" in line
    assert "Path=/" in line
    assert ("Secure" in line) is https
    assert "Domain" not in line
    app.extensions["installation"].close()


def test_settings_decide_how_long_a_sign_in_lasts(installation):
    chosen = dataclasses.replace(
        installation.settings, idle_minutes=7, idle_minutes_privileged=3, sign_in_hours=2
    )
    hours = timedelta(hours=2)
    for privileged, minutes in ((False, 7), (True, 3)):
        limits = services.limits_of(chosen, privileged=privileged)
        assert (limits.idle, limits.absolute) == (timedelta(minutes=minutes), hours)
