"""Working days ahead of a meeting, over the holidays of a real year."""

from datetime import date, timedelta

import pytest

from meetings.agenda.plans.queries import STAGES_OF_KIND, working_days_before
from meetings.models import MeetingKind

TET = {date(2027, 2, day): False for day in range(4, 11)}
"""The seven days of Tết in 2027, from a Thursday to a Wednesday."""
LIBERATION = {date(2027, 4, 30): False, date(2027, 5, 3): False}
SWAPPED = {date(2027, 9, 3): False, date(2027, 9, 11): True}
"""The Friday after the national day is free, and a Saturday is worked in its place."""


@pytest.mark.parametrize(
    ("held", "days", "special", "due"),
    [
        (date(2027, 3, 4), 1, {}, date(2027, 3, 3)),
        (date(2027, 3, 4), 3, {}, date(2027, 3, 1)),
        (date(2027, 3, 4), 4, {}, date(2027, 2, 26)),
        (date(2027, 3, 4), 5, {}, date(2027, 2, 25)),
        (date(2027, 3, 6), 1, {}, date(2027, 3, 5)),
        (date(2027, 3, 7), 1, {}, date(2027, 3, 5)),
        (date(2027, 3, 8), 1, {}, date(2027, 3, 5)),
        (date(2027, 2, 11), 1, TET, date(2027, 2, 3)),
        (date(2027, 2, 15), 3, TET, date(2027, 2, 3)),
        (date(2027, 2, 15), 5, TET, date(2027, 2, 1)),
        (date(2027, 5, 4), 1, LIBERATION, date(2027, 4, 29)),
        (date(2027, 5, 5), 1, LIBERATION, date(2027, 5, 4)),
        (date(2027, 9, 6), 1, SWAPPED, date(2027, 9, 2)),
        (date(2027, 9, 13), 1, SWAPPED, date(2027, 9, 11)),
        (date(2027, 9, 13), 2, SWAPPED, date(2027, 9, 10)),
        (date(2027, 1, 4), 1, {date(2027, 1, 1): False}, date(2026, 12, 31)),
        (date(2028, 3, 1), 1, {}, date(2028, 2, 29)),
    ],
)
def test_the_day_until_which_something_is_due(held, days, special, due):
    assert working_days_before(held, days, special) == due


def test_no_days_ahead_is_the_day_itself_whatever_it_is():
    for held in (date(2027, 3, 6), date(2027, 2, 5), date(2027, 3, 4)):
        assert working_days_before(held, 0, TET) == held


def test_more_days_are_never_later():
    held = date(2027, 2, 20)
    due = [working_days_before(held, days, TET) for days in range(30)]
    assert due == sorted(set(due), reverse=True)


def test_every_day_that_counts_is_one_on_which_people_work():
    held = date(2027, 2, 20)
    for days in range(1, 30):
        day = working_days_before(held, days, TET)
        assert day.weekday() < 5
        assert day not in TET


def test_a_week_of_working_days_is_seven_days_without_holidays():
    for start in range(7):
        held = date(2027, 3, 15) + timedelta(days=start)
        away = held - working_days_before(held, 5, {})
        assert away.days in {5, 6, 7}


def test_the_shipped_stages_are_those_of_the_working_regulations():
    shipped = {kind: [days for _, days in stages] for kind, stages in STAGES_OF_KIND.items()}
    assert shipped == {
        MeetingKind.COMMITTEE_SESSION: [5],
        MeetingKind.STANDING_COMMITTEE_MEETING: [3],
        MeetingKind.STANDING_MEMBERS_MEETING: [1],
    }
