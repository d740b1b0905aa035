"""Party age by its rule: examples of the reference, and what holds for every day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.members.life.party_age import (
    AWARDED_ON,
    LEVELS,
    award_before,
    counted_from,
    days_of_award,
    early,
    party_age,
    reached,
    years_later,
)

SINCE = st.dates(date(1930, 2, 3), date(2026, 12, 31))
DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("since", "years", "day"),
    [
        (date(1996, 5, 19), 30, date(2026, 5, 19)),
        (date(1996, 2, 29), 30, date(2026, 2, 28)),
        (date(1996, 2, 29), 40, date(2036, 2, 29)),
    ],
)
def test_years_are_full_on_the_same_day(since: date, years: int, day: date):
    assert years_later(since, years) == day
    assert party_age(since, day) == years
    assert party_age(since, day - timedelta(days=1)) == years - 1


def test_time_outside_the_party_does_not_count():
    assert counted_from(date(1990, 5, 19), 0) == date(1990, 5, 19)
    assert counted_from(date(1990, 5, 19), 365) == date(1991, 5, 19)


def test_a_badge_is_due_once_its_years_are_full():
    (badge,) = reached(date(1996, 5, 19), date(2026, 2, 3), date(2026, 5, 19))
    assert (badge.level, badge.on) == (30, date(2026, 5, 19))
    assert list(reached(date(1996, 5, 20), date(2026, 2, 3), date(2026, 5, 19))) == []
    assert list(reached(date(1996, 2, 3), date(2026, 2, 3), date(2026, 5, 19))) == []


@pytest.mark.parametrize(
    ("since", "levels"),
    [
        (date(1997, 5, 19), [30]),
        (date(1997, 5, 20), []),
        (date(1996, 5, 19), []),
        (date(1958, 5, 19), [70]),
        (date(1958, 5, 20), []),
        (date(1962, 5, 19), [65]),
        (date(1962, 5, 20), []),
    ],
)
def test_the_gravely_ill_may_have_it_a_year_early_and_old_members_two(since, levels):
    assert [badge.level for badge in early(since, date(2026, 5, 19))] == levels


def test_days_of_award_follow_each_other():
    assert days_of_award(date(2026, 11, 8)) == [
        date(2027, 2, 3),
        date(2027, 5, 19),
        date(2027, 9, 2),
        date(2027, 11, 7),
    ]
    assert days_of_award(date(2026, 11, 7), 1) == [date(2026, 11, 7)]
    assert award_before(date(2027, 2, 3)) == date(2026, 11, 7)
    assert award_before(date(2026, 11, 7)) == date(2026, 9, 2)


@given(since=SINCE, day=DAYS)
def test_age_grows_by_a_year_on_each_anniversary_and_never_else(since: date, day: date):
    before, now = party_age(since, day - timedelta(days=1)), party_age(since, day)
    assert now - before == (day == years_later(since, day.year - since.year))


@given(since=SINCE, days=st.integers(0, 20_000), day=DAYS)
def test_whoever_was_away_is_never_older(since: date, days: int, day: date):
    assert party_age(counted_from(since, days), day) <= party_age(since, day)


@given(since=SINCE)
def test_every_badge_is_due_on_exactly_one_day_of_award(since: date):
    every = days_of_award(since, 4 * 92)
    due = [b.level for day in every for b in reached(since, award_before(day), day)]
    assert due == list(LEVELS)


@given(since=SINCE, day=DAYS)
def test_nobody_has_a_badge_early_that_is_due_already(since: date, day: date):
    for badge in early(since, day):
        assert badge.on > day
        assert party_age(since, day) >= badge.level - 2


@given(day=DAYS)
def test_the_next_days_of_award_are_four_different_ones(day: date):
    days = days_of_award(day)
    assert {(one.month, one.day) for one in days} == set(AWARDED_ON)
    assert award_before(days[0]) < day <= days[0]
