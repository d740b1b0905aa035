"""Rights that fall away end open streams within a second, and only those of the person."""

import os
import threading
import time

import pytest
from sqlalchemy import select

from meetings.accounts import services as accounts
from meetings.agenda import services as agenda
from meetings.models import Meeting, SignIn, User
from meetings.web.live import Guard

HALL = 500 if os.environ.get("LONG_TESTS") else 50


@pytest.fixture
def streams(app, world, sign_in):
    """The open streams of a delegate and of another one, each with the moment it ended."""
    app.extensions["live"].start()
    hall = Hall(world.meeting.id)
    for name in ("delegate", "other_delegate"):
        hall.listen(name, sign_in(getattr(world, name)))
    yield hall.ended
    app.extensions["live"].close()
    hall.leave()


class Hall:
    """Open streams of a meeting, each with the moment it ended."""

    def __init__(self, meeting):
        self.ended, self._threads, self._answers = {}, [], []
        self._address = f"/meetings/{meeting}/live"

    def listen(self, name, client):
        answer = client.get(self._address)
        assert answer.status_code == 200
        stream = answer.iter_encoded()
        assert next(stream).startswith(b"retry")
        thread = threading.Thread(target=self._hear, args=(name, stream), daemon=True)
        thread.start()
        self._threads.append(thread)
        self._answers.append(answer)

    def _hear(self, name, stream):
        for _ in stream:
            pass
        self.ended[name] = time.monotonic()

    def leave(self):
        for thread in self._threads:
            thread.join(5)
        for answer in self._answers:
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


def test_streams_of_one_sign_in_are_asked_about_together_at_each_change(
    installation, world, sign_in, streams, monkeypatch
):
    client, hall, asked = sign_in(world.other_delegate), Hall(world.meeting.id), []
    for number in range(9):
        hall.listen(number, client)
    really = Guard.may_go_on

    def counted(guard):
        asked.append(guard.token)
        return really(guard)

    def nothing_taken(session):
        user = session.get_one(User, world.other_delegate.id)
        accounts.change_user(session, user, clearance=user.clearance, active=True)

    monkeypatch.setattr(Guard, "may_go_on", counted)
    installation.database.write(nothing_taken)
    wait_until(lambda: len(asked) == 2)  # the nine here, and the one of the fixture
    assert hall.ended == {}
    installation.database.write(lambda s: accounts.end_all_sign_ins(s, world.other_delegate))
    wait_until(lambda: len(hall.ended) == 9)
    assert len(asked) == len(set(asked)) * 2 == 4
    assert "delegate" not in streams
    hall.leave()


def wait_until(happened):
    deadline = time.monotonic() + 10
    while not happened() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert happened()


@pytest.mark.long
def test_in_a_full_hall_a_fall_ends_one_persons_stream_within_a_second_then_all(
    installation, world, sign_in, streams
):
    client = sign_in(world.other_delegate)
    hall = Hall(world.meeting.id)
    for number in range(HALL):
        hall.listen(number, client)

    def ended_after(user, seen, count):
        start = time.monotonic()
        installation.database.write(lambda session: accounts.end_all_sign_ins(session, user))
        while len(seen) < count and time.monotonic() < start + 30:
            time.sleep(0.01)
        assert len(seen) == count
        return max(seen.values()) - start

    first = ended_after(world.delegate, streams, 1)
    assert first < 1
    assert hall.ended == {}
    last = ended_after(world.other_delegate, hall.ended, HALL)
    print(f"one stream beside {HALL} ended after {first:.2f} s, all {HALL} after {last:.2f} s")
    hall.leave()
