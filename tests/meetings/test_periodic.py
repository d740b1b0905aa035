"""Periodic jobs: ordered when due, remembered across restarts, unharmed by clocks that jump."""

import os
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from meetings import clock, jobs, periodic
from meetings.installation import Installation
from meetings.models import Job, JobState, PeriodicJob

HOURLY, NIGHTLY, GUARDED = "test.hourly", "test.nightly", "test.guarded"
NOON = datetime(2026, 11, 25, 5, tzinfo=UTC)
NIGHT = datetime(2026, 11, 25, 18, tzinfo=UTC)  # one o'clock in Vietnam
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
JUMPS = [timedelta(minutes=1), HOUR, DAY, timedelta(days=365)]
EXAMPLES = 500 if os.environ.get("LONG_TESTS") else 50


class House:
    """An installation with periodic jobs, a clock that is moved by hand and a worker."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self.moment = NOON
        self.open = False
        self.done: list[tuple[str, datetime]] = []

    def look(self) -> list[str]:
        """Order what is due, do it, and tell what was done."""
        before = len(self.done)
        periodic.order_due(self.installation)
        while jobs.run_next(self.installation, "test"):
            pass
        return sorted(kind for kind, _ in self.done[before:])

    def wait(self, span: timedelta, step: timedelta = timedelta(minutes=20)) -> list[str]:
        """Let time pass in steps, looking at each."""
        done = []
        end = self.moment + span
        while self.moment < end:
            self.moment += step
            done += self.look()
        return done

    def row(self, kind: str) -> PeriodicJob:
        with self.installation.database.reading() as session:
            return session.get_one(PeriodicJob, kind)


@pytest.fixture
def house(installation: Installation, monkeypatch) -> House:
    house = House(installation)
    monkeypatch.setattr(clock, "now", lambda: house.moment)
    monkeypatch.setattr(periodic, "DECLARED", {})
    periodic.declare(HOURLY, periodic.Every(HOUR))
    periodic.declare(NIGHTLY, periodic.Nightly(timedelta(hours=25)))
    periodic.declare(GUARDED, periodic.Every(HOUR, provided=lambda *_: house.open))
    for kind in (HOURLY, NIGHTLY, GUARDED):
        monkeypatch.setitem(
            jobs.HANDLERS, kind, lambda _run, kind=kind: house.done.append((kind, house.moment))
        )
    return house


def test_the_first_look_does_at_once_what_need_not_wait_for_the_night(house):
    assert house.look() == [HOURLY]
    assert house.look() == []


def test_a_day_has_twenty_four_hourly_ones_and_a_nightly_one_at_its_hour(house):
    house.look()
    done = house.wait(DAY)
    assert (done.count(HOURLY), done.count(NIGHTLY)) == (24, 1)
    assert [moment for kind, moment in house.done if kind == NIGHTLY] == [NIGHT]


def test_a_restart_neither_forgets_nor_repeats(house):
    house.look()
    house.moment += timedelta(minutes=59)
    other = House(house.installation)
    other.done = house.done
    assert other.look() == []
    house.moment += timedelta(minutes=1)
    assert other.look() == [HOURLY]


def test_when_it_was_ordered_and_done_and_is_next_stands_in_the_row(house):
    house.look()
    hourly, nightly = house.row(HOURLY), house.row(NIGHTLY)
    assert (hourly.ordered_at, hourly.finished_at, hourly.next_at) == (NOON, NOON, NOON + HOUR)
    assert (nightly.ordered_at, nightly.finished_at, nightly.next_at) == (None, None, NIGHT)
    assert house.row(GUARDED).next_at is None


def test_a_rhythm_is_kept_only_while_its_condition_holds(house):
    house.look()
    house.open = True
    assert house.look() == [GUARDED]
    assert house.row(GUARDED).next_at == NOON + HOUR
    house.open = False
    assert GUARDED not in house.wait(3 * HOUR)
    assert house.row(GUARDED).next_at is None


def test_the_first_rhythm_that_asks_decides(house):
    periodic.declare(
        NIGHTLY,
        periodic.Nightly(timedelta(hours=25)),
        periodic.Every(timedelta(minutes=30), provided=lambda *_: house.open),
    )
    house.look()
    house.open = True
    assert house.wait(HOUR).count(NIGHTLY) == 2
    house.open = False
    assert house.wait(HOUR).count(NIGHTLY) == 0
    assert house.row(NIGHTLY).next_at == NIGHT


def test_a_machine_that_is_only_on_by_day_is_never_longer_than_two_days_without(house):
    house.moment = datetime(2026, 11, 25, 1, tzinfo=UTC)  # eight o'clock in Vietnam
    for _ in range(14):
        house.wait(timedelta(hours=9))
        house.moment += timedelta(hours=15)
    moments = [moment for kind, moment in house.done if kind == NIGHTLY]
    assert len(moments) >= 7
    assert max(b - a for a, b in pairwise(moments)) <= 2 * DAY


def test_a_job_that_is_still_open_is_not_queued_beside_itself(house):
    periodic.order_due(house.installation)
    house.moment += 5 * HOUR
    periodic.order_due(house.installation)
    assert house.look() == [HOURLY]
    assert house.look() == []


def test_a_new_order_takes_the_place_of_the_ended_one(house, monkeypatch):
    def fail(_run) -> None:
        raise jobs.Unrepairable

    monkeypatch.setitem(jobs.HANDLERS, HOURLY, fail)
    house.wait(3 * HOUR)
    with house.installation.database.reading() as session:
        [job] = session.scalars(select(Job).where(Job.kind == HOURLY))
    assert job.state is JobState.DEAD
    assert house.row(HOURLY).finished_at is None


def test_a_job_that_is_no_longer_declared_is_forgotten(house):
    house.look()
    del periodic.DECLARED[HOURLY]
    house.look()
    with house.installation.database.reading() as session:
        assert session.get(PeriodicJob, HOURLY) is None


def test_what_somebody_else_ordered_meanwhile_is_not_ordered_again(house, monkeypatch):
    house.look()
    house.moment += HOUR
    carry_out = periodic._carry_out

    def later(session, plans, moment) -> None:
        carry_out(session, plans, moment)
        session.flush()
        for job in session.scalars(select(Job).where(Job.kind == HOURLY)):
            job.state, job.finished_at = JobState.CANCELLED, moment
        carry_out(session, plans, moment)

    monkeypatch.setattr(periodic, "_carry_out", later)
    assert house.look() == []
    assert house.row(HOURLY).ordered_at == house.moment


@pytest.mark.parametrize("jump", JUMPS)
def test_a_clock_set_back_stops_nothing_and_repeats_nothing_without_end(house, jump):
    house.wait(DAY)
    house.moment -= jump
    assert house.look().count(NIGHTLY) <= 1
    assert house.look() == []
    done = house.wait(DAY)
    assert 23 <= done.count(HOURLY) <= 25
    assert done.count(NIGHTLY) == 1


@pytest.mark.parametrize("jump", JUMPS)
def test_a_clock_set_forward_and_right_again_costs_one_run_each_way(house, jump):
    house.wait(DAY)
    for way in (jump, -jump):
        house.moment += way
        assert house.look().count(NIGHTLY) <= 1
        assert house.look() == []
    done = house.wait(DAY)
    assert 23 <= done.count(HOURLY) <= 25
    assert done.count(NIGHTLY) == 1


def test_a_small_correction_of_the_clock_repeats_no_nightly_one(house):
    house.moment = NIGHT + timedelta(minutes=1)
    house.wait(DAY)
    house.moment = max(moment for kind, moment in house.done if kind == NIGHTLY)
    house.moment -= timedelta(seconds=50)
    assert house.look() == []


@pytest.mark.long
@given(
    jumps=st.lists(
        st.tuples(
            st.integers(0, 60 * 30).map(lambda minutes: timedelta(minutes=minutes)),
            st.sampled_from([sign * jump for jump in JUMPS for sign in (1, -1)]),
        ),
        max_size=6,
    )
)
@settings(max_examples=EXAMPLES)
def test_wherever_the_clock_jumps_the_next_order_is_near_and_behind_is_nothing(jumps):
    """The rhythms alone, as a plain row: no database is needed to follow a clock."""
    rhythms = (periodic.Nightly(timedelta(hours=25)),)
    moment, row = NOON, PeriodicJob(kind=NIGHTLY, created_at=NOON)
    for pause, jump in [*jumps, (timedelta(0), timedelta(0))]:
        moment += pause + jump
        due = periodic._next(row, rhythms, moment)
        if due <= moment:
            row.ordered_at = moment
            following = periodic._next(row, rhythms, moment)
            assert following > moment, "never twice in a row"
        assert periodic._next(row, rhythms, moment) - moment <= DAY, "never out of sight"
