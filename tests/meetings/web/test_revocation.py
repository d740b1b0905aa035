"""Rights that fall away end open streams within a second, and only those of the person."""

import threading
import time

import pytest
from sqlalchemy import select

from meetings.accounts import services as accounts
from meetings.agenda import services as agenda
from meetings.models import Meeting, SignIn, User


@pytest.fixture
def streams(app, world, sign_in):
    """The open streams of a delegate and of another one, each with the moment it ended."""
    app.extensions["live"].start()
    ended, threads, answers = {}, [], []

    def listen(name, stream):
        for _ in stream:
            pass
        ended[name] = time.monotonic()

    for name in ("delegate", "other_delegate"):
        client = sign_in(getattr(world, name))
        answer = client.get(f"/meetings/{world.meeting.id}/live")
        assert answer.status_code == 200
        stream = answer.iter_encoded()
        assert next(stream).startswith(b"retry")
        thread = threading.Thread(target=listen, args=(name, stream), daemon=True)
        thread.start()
        threads.append(thread)
        answers.append(answer)
    yield ended
    app.extensions["live"].close()
    for thread in threads:
        thread.join(5)
    for answer in answers:
        answer.close()


def end_all(session, user, _meeting):
    accounts.end_all_sign_ins(session, user)


def end_one(session, user, _meeting):
    row = session.scalars(select(SignIn).where(SignIn.user_id == user.id)).one()
    accounts.end_sign_in(session, row)


def close(session, user, _meeting):
    accounts.change_user(session, user, clearance=user.clearance, active=False)


def uninvite(session, user, meeting):
    agenda.uninvite(session, meeting, user.person)


@pytest.mark.parametrize("fall", [end_all, end_one, close, uninvite])
def test_a_fall_of_rights_ends_the_persons_streams_within_a_second(
    installation, world, streams, fall
):
    def change(session):
        user = session.get_one(User, world.delegate.id)
        fall(session, user, session.get_one(Meeting, world.meeting.id))

    start = time.monotonic()
    installation.database.write(change)
    while "delegate" not in streams and time.monotonic() < start + 10:
        time.sleep(0.01)
    assert streams["delegate"] - start < 1
    assert "other_delegate" not in streams


def test_a_change_that_takes_nothing_away_lets_the_stream_go_on(installation, world, streams):
    def change(session):
        user = session.get_one(User, world.delegate.id)
        accounts.change_user(session, user, clearance=user.clearance, active=True)

    installation.database.write(change)
    time.sleep(0.5)
    assert streams == {}
