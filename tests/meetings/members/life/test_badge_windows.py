"""Badges looked for in a window of days are those that every level, asked one by one, has."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.members.life.party_age import (
    LEVELS,
    OLD,
    OLD_YEARS_EARLY,
    YEARS_EARLY,
    Reached,
    award_before,
    days_of_award,
    early,
    reached,
    years_later,
)

days = st.dates(date(1930, 1, 1), date(2026, 11, 28))
windows = st.tuples(st.dates(date(1990, 1, 1), date(2040, 12, 31)), st.integers(0, 2000))


@given(days, windows)
def test_no_badge_of_a_window_is_missed_and_none_too_many(since: date, window):
    after, length = window
    until = after + timedelta(days=length)
    every = [Reached(level, years_later(since, level)) for level in LEVELS]
    assert list(reached(since, after, until)) == [one for one in every if after < one.on <= until]


@given(days, st.dates(date(1990, 1, 1), date(2040, 12, 31)))
def test_no_early_badge_is_missed_and_none_too_many(since: date, day: date):
    def limit(level: int) -> date:
        return years_later(day, OLD_YEARS_EARLY if level >= OLD else YEARS_EARLY)

    every = [Reached(level, years_later(since, level)) for level in LEVELS]
    assert list(early(since, day)) == [one for one in every if day < one.on <= limit(one.level)]


@given(days, st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_each_badge_of_four_days_belongs_to_one_of_them(since: date, today: date):
    four = days_of_award(today)
    whole = list(reached(since, award_before(four[0]), four[-1]))
    each = [one for day in four for one in reached(since, award_before(day), day)]
    assert sorted(each, key=lambda one: one.on) == whole


@pytest.mark.parametrize(
    ("since", "level", "on"),
    [
        (date(1996, 2, 29), 30, date(2026, 2, 28)),
        (date(1984, 2, 29), 40, date(2024, 2, 29)),
        (date(1996, 12, 31), 30, date(2026, 12, 31)),
        (date(1997, 1, 1), 30, date(2027, 1, 1)),
    ],
)
def test_the_ends_of_months_and_years_are_inside(since: date, level: int, on: date):
    day = timedelta(days=1)
    assert list(reached(since, on - day, on)) == [Reached(level, on)]
    assert list(reached(since, on, on + day)) == []
    assert list(reached(since, on - 2 * day, on - day)) == []
