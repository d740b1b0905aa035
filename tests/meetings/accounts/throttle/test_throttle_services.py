"""The throttle: what was tried in vain slows down the next attempt, for the guesser alone."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from meetings import clock
from meetings.accounts.throttle import services as throttle
from meetings.models import Throttle
from storage import KeyFolder

NAME, TABLET = "tran.thi.an", "token of the tablet"


@pytest.fixture
def at(session, installation, monkeypatch):
    """Return a function that tries a door at a number of seconds from now."""
    start = clock.now()

    monkeypatch.setattr(clock, "now", lambda: start)

    def try_at(seconds, device="", name=NAME):
        monkeypatch.setattr(clock, "now", lambda: start + timedelta(seconds=seconds))
        door = throttle.door(installation.keys, name, device)
        return throttle.charge(session, door).total_seconds()

    return try_at


def let_in(session, installation, device):
    throttle.open_to(session, throttle.door(installation.keys, NAME, ""), device)


def test_five_attempts_are_free_and_the_next_ones_wait_longer_and_longer(at):
    assert [at(0) for _ in range(5)] == [0] * 5
    assert at(1) == pytest.approx(4)
    assert at(6) == 0, "the first wait is over, the sixth attempt is taken"
    assert at(7) == pytest.approx(9)
    assert at(17) == 0
    assert at(18) == pytest.approx(19)


def test_an_attempt_that_has_to_wait_is_not_counted(at):
    waits = [at(1) for _ in range(50)][5:]
    assert waits == [5] * 45


@given(st.integers(0, 10_000))
def test_a_wait_never_shrinks_and_never_passes_a_quarter_of_an_hour(failures):
    assert throttle.wait_after(failures) <= throttle.wait_after(failures + 1)
    assert throttle.wait_after(failures) <= timedelta(minutes=15)


def test_a_name_with_or_without_accents_and_blanks_is_one_door(at):
    for name in ("an.trần", " AN.TRAN ", "an.tran", "An.Trần", "an.tran"):
        assert at(0, name=name) == 0
    assert at(0, name="an.tran") > 0
    assert at(0, name="binh.le") == 0, "another account is another door"


def test_strangers_cannot_slow_down_a_device_that_was_let_in_before(session, installation, at):
    let_in(session, installation, TABLET)
    for device in [""] * 3 + [f"stranger {n}" for n in range(3)]:
        at(0, device)
    assert at(0, "one more stranger") > 0
    assert at(0, TABLET) == 0


def test_a_known_device_has_five_attempts_of_its_own(session, installation, at):
    let_in(session, installation, TABLET)
    assert [at(0, TABLET) for _ in range(5)] == [0] * 5
    assert at(0, TABLET) > 0


def test_the_right_words_forget_what_was_tried_before(session, installation, at):
    for _ in range(5):
        at(0)
    assert at(0) > 0
    let_in(session, installation, TABLET)
    assert at(0) == 0


def test_after_a_day_the_failures_are_forgotten(session, at):
    for _ in range(5):
        at(0)
    day = throttle.FORGOTTEN_AFTER.total_seconds()
    assert at(day + 1) == 0
    assert session.scalars(select(Throttle.failures)).all() == [1]


def test_old_counts_of_strangers_are_swept_and_known_devices_stay(session, installation, at):
    let_in(session, installation, TABLET)
    at(0)
    at(throttle.FORGOTTEN_AFTER.total_seconds() + 1, name="noise")
    throttle.forget_old(session)
    kept = {row.device: row.failures for row in session.scalars(select(Throttle))}
    assert kept.pop(throttle.STRANGERS) == 1, "the noise, tried a moment ago"
    assert list(kept.values()) == [0], "the tablet"


def test_the_table_names_neither_accounts_nor_devices(session, at):
    at(0, TABLET)
    (row,) = session.scalars(select(Throttle))
    assert NAME not in row.account
    assert TABLET not in row.device
    assert len(row.account) == 64


def test_the_name_is_sealed_with_the_pepper(tmp_path):
    one, two = (KeyFolder.ensure(tmp_path / name) for name in ("one", "two"))
    assert throttle.door(one, NAME, "") != throttle.door(two, NAME, "")
    assert throttle.door(one, NAME, "") == throttle.door(one, NAME, "")
