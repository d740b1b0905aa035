"""A clock that jumps: nobody is let in again, nobody is locked out for long, the ledger holds."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from meetings import audit, clock, jobs
from meetings.accounts.devices import services as devices
from meetings.accounts.throttle import services as throttle
from meetings.models import AuditEntry, Device, SignIn
from meetings.worker import _sweep
from tests.tablets import Tablet

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OWN_PAGE = "/account/sign-ins"


@pytest.fixture
def jump(monkeypatch):
    """Return what sets the clock so far ahead of this moment, or behind it."""
    start = clock.now()

    def set_clock(by):
        monkeypatch.setattr(clock, "now", lambda: start + by)

    set_clock(timedelta())
    return set_clock


def is_in(client):
    return client.get(OWN_PAGE).status_code == 200


@pytest.fixture
def client(installation, world, sign_in, jump):
    """A clerk who has just signed in, for twelve hours."""
    client = sign_in(world.clerk)

    def change(session):
        row = session.scalars(select(SignIn).where(SignIn.user_id == world.clerk.id)).one()
        row.idle_seconds, row.idle_until = 900, clock.now() + timedelta(minutes=15)
        row.expires_at = clock.now() + 12 * HOUR

    installation.database.write(change)
    assert is_in(client)
    return client


@pytest.mark.parametrize("by", [HOUR, DAY])
def test_a_clock_set_back_opens_no_sign_in_for_longer(client, jump, by):
    jump(-by)
    assert not is_in(client), "it was made in what is the future now"


@pytest.mark.parametrize("seconds", [-290, -60, 60, 290])
def test_a_clock_that_is_put_right_by_minutes_signs_nobody_out(client, jump, seconds):
    jump(timedelta(seconds=seconds))
    assert is_in(client)


def test_what_lasted_its_longest_time_stays_ended_when_the_clock_goes_back(
    client, installation, world, jump
):
    jump(13 * HOUR)
    assert not is_in(client)
    _sweep(jobs.Run(installation, world.clerk.id, {}))
    jump(timedelta(minutes=1))
    assert not is_in(client)
    with installation.database.reading() as session:
        row = session.scalars(select(SignIn).where(SignIn.user_id == world.clerk.id)).one()
    assert row.ended_at == row.expires_at > row.created_at, "no time is negative"


def test_a_wait_is_never_longer_than_a_quarter_of_an_hour(session, installation, jump):
    tried = throttle.door(installation.keys, "an.tran", "")
    jump(DAY)
    while not throttle.charge(session, tried):
        pass
    jump(timedelta())
    assert throttle.charge(session, tried) == throttle.LONGEST_WAIT
    jump(throttle.LONGEST_WAIT)
    assert throttle.charge(session, tried) == timedelta(), "the wait is over"
    assert throttle.charge(session, tried) > timedelta(), "but what was tried is not forgotten"


@pytest.mark.parametrize("by", [HOUR, DAY])
def test_a_tablet_opens_after_the_clock_was_wrong_and_no_signature_counts_twice(
    app, installation, world, jump, by
):
    jump(by)
    tablet = Tablet(app)
    code = installation.database.write(
        lambda session: devices.issue_code(session, session.merge(world.delegate))
    )
    assert tablet.enrol(code).status_code == 303
    tablet.lock()
    assert tablet.open().status_code == 303
    tablet.lock()
    ahead = tablet.proof("/pin")
    jump(timedelta())
    assert tablet.open(**ahead).status_code == 422, "what was asked is still to come"
    old = tablet.proof("/pin")
    assert tablet.open(**old).status_code == 303
    tablet.lock()
    assert tablet.open(**old).status_code == 422
    with installation.database.reading() as session:
        last = session.scalars(select(Device.last_challenge_at)).one()
    assert last <= clock.now()


def test_the_ledger_holds_and_counts_on_whatever_the_clock_says(client, installation, jump):
    for by in (HOUR, -HOUR, DAY, -DAY, timedelta()):
        jump(by)
        installation.database.write(
            lambda session: audit.record(session, audit.Deed(action="clock:jump"))
        )
    with installation.database.reading() as session:
        assert list(audit.broken(session)) == []
        seqs = session.scalars(select(AuditEntry.seq).order_by(AuditEntry.seq)).all()
        assert seqs == list(range(1, session.scalar(select(func.max(AuditEntry.seq))) + 1))
