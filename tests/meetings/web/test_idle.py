"""How long a sign-in lasts: idle time, a running meeting, the end of everything."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from meetings import clock
from meetings.models import MeetingState, SignIn
from meetings.web import assets, visitors
from tests import factories

OWN_PAGE = "/account/sign-ins"


def is_in(client):
    return client.get(OWN_PAGE).status_code == 200


def row_of(installation, user):
    with installation.database.reading() as reading:
        return reading.scalars(select(SignIn).where(SignIn.user_id == user.id)).one()


def pass_time(installation, user, time):
    """Move a person's sign-in into the past, as if so much time had passed without a request."""

    def move(session):
        row = session.scalars(select(SignIn).where(SignIn.user_id == user.id)).one()
        row.idle_until -= time
        row.expires_at -= time

    installation.database.write(move)


@pytest.fixture
def no_meeting(session, world):
    """The world's meetings are over long ago."""
    for meeting in (world.meeting, world.planned_meeting):
        meeting.starts_at -= timedelta(days=9)
        meeting.ends_at -= timedelta(days=9)
    session.commit()


def set_limits(installation, user, idle, absolute):
    def change(session):
        row = session.scalars(select(SignIn).where(SignIn.user_id == user.id)).one()
        row.idle_seconds = int(idle.total_seconds())
        row.idle_until = clock.now() + idle
        row.expires_at = clock.now() + absolute

    installation.database.write(change)


@pytest.fixture
def client(installation, world, sign_in, no_meeting):
    client = sign_in(world.delegate)
    set_limits(installation, world.delegate, timedelta(minutes=30), timedelta(hours=12))
    return client


def test_who_does_nothing_for_the_idle_time_is_signed_out(client, installation, world):
    pass_time(installation, world.delegate, timedelta(minutes=29))
    assert is_in(client)
    pass_time(installation, world.delegate, timedelta(minutes=31))
    assert not is_in(client)


def test_every_page_is_a_sign_of_life(client, installation, world):
    for _ in range(5):
        pass_time(installation, world.delegate, timedelta(minutes=20))
        assert is_in(client)


def test_signs_of_life_are_written_once_a_minute(client, installation, world):
    before = row_of(installation, world.delegate).idle_until
    for _ in range(3):
        assert is_in(client)
    assert row_of(installation, world.delegate).idle_until == before
    pass_time(installation, world.delegate, visitors.AWAKE_EVERY + timedelta(seconds=1))
    assert is_in(client)
    assert row_of(installation, world.delegate).idle_until >= before


def test_a_change_is_a_sign_of_life_within_its_own_transaction(client, installation, world):
    pass_time(installation, world.delegate, timedelta(minutes=10))
    left = row_of(installation, world.delegate).idle_until
    assert client.submit("/feedback", text="Chữ nhỏ quá").status_code == 303
    assert row_of(installation, world.delegate).idle_until > left


def test_files_of_the_page_itself_are_no_sign_of_life(client, app, installation, world):
    pass_time(installation, world.delegate, timedelta(minutes=10))
    before = row_of(installation, world.delegate).idle_until
    with app.test_request_context():
        address = assets.asset("css/app.css")
    client.get(address).close()
    assert row_of(installation, world.delegate).idle_until == before


def test_no_sign_of_life_outlasts_the_longest_time(client, installation, world):
    for _ in range(40):
        pass_time(installation, world.delegate, timedelta(minutes=20))
        if not is_in(client):
            break
    row = row_of(installation, world.delegate)
    assert row.expires_at <= clock.now() < row.idle_until


@pytest.mark.parametrize(
    ("state", "start", "stays"),
    [
        (MeetingState.RELEASED, timedelta(hours=-1), True),
        (MeetingState.RELEASED, timedelta(minutes=20), True),
        (MeetingState.PLANNED, timedelta(hours=-1), False),
        (MeetingState.RELEASED, timedelta(hours=-5), False),
        (MeetingState.RELEASED, timedelta(hours=2), False),
    ],
    ids=["running", "about to begin", "not released", "over", "later"],
)
def test_nobody_is_signed_out_of_a_meeting_that_runs(
    client, session, installation, world, state, start, stays
):
    meeting = factories.meeting(session, world.office, state=state, starts_at=clock.now() + start)
    factories.participant(session, meeting, world.delegate.person)
    session.commit()
    pass_time(installation, world.delegate, timedelta(minutes=90))
    assert is_in(client) is stays


def test_a_meeting_of_others_keeps_nobody_signed_in(client, session, installation, world):
    meeting = factories.meeting(session, world.office, starts_at=clock.now())
    factories.participant(session, meeting, world.other_delegate.person)
    session.commit()
    pass_time(installation, world.delegate, timedelta(minutes=90))
    assert not is_in(client)
