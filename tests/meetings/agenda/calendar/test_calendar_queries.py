from datetime import UTC, date, datetime, timedelta

import pytest

from meetings import clock
from meetings.agenda.calendar import queries
from meetings.models import MeetingState
from tests import factories

NOVEMBER = date(2033, 11, 10)


def local(*parts):
    return datetime(*parts, tzinfo=clock.VIETNAM).astimezone(UTC)


@pytest.fixture
def meet(session, world):
    """Return what makes a released meeting of some hours to which the delegate is invited."""

    def make(start, hours=3, **changes):
        values = {"starts_at": start, "ends_at": start + timedelta(hours=hours)}
        meeting = factories.meeting(session, world.office, **values | changes)
        factories.participant(session, meeting, world.delegate.person)
        return meeting

    return make


def days_with(month, meeting):
    return [day.date for week in month.weeks for day in week if meeting in day.meetings]


def test_a_month_is_whole_weeks_from_monday_to_sunday(session, world):
    month = queries.month_of(session, world.delegate, NOVEMBER)
    assert {len(week) for week in month.weeks} == {7}
    assert month.weeks[0][0].date == date(2033, 10, 31)
    assert month.weeks[-1][-1].date == date(2033, 12, 4)


@pytest.mark.parametrize("day", [date(2033, 1, 31), date(2033, 12, 1), date(2036, 2, 29)])
def test_the_months_beside_are_found_from_every_day(session, world, meet, day):
    meet(local(2040, 1, 2, 8))
    month = queries.month_of(session, world.delegate, day)
    assert month.before < month.first < month.after
    assert (month.after - month.first).days in {28, 29, 30, 31}


def test_nobody_leafs_through_years_in_which_nothing_is(session, world, meet):
    meet(local(2033, 11, 9, 8))
    last = queries.month_of(session, world.delegate, NOVEMBER)
    assert last.after is None
    assert last.before == date(2033, 10, 1)
    first = queries.month_of(session, world.delegate, date(1999, 5, 1))
    assert first.before is None
    assert first.after == date(1999, 6, 1)


def test_the_coming_months_are_shown_though_nothing_is_planned(session, world):
    month = queries.month_of(session, world.outsider, clock.today())
    assert month.before is None
    assert month.after is not None


def test_a_meeting_stands_on_its_vietnamese_day(session, world, meet):
    early = meet(local(2033, 11, 3, 0, 30))
    month = queries.month_of(session, world.delegate, NOVEMBER)
    assert days_with(month, early) == [date(2033, 11, 3)]


def test_a_long_meeting_stands_on_each_of_its_days_and_is_listed_once(session, world, meet):
    congress = meet(local(2033, 11, 24, 8), hours=57)
    month = queries.month_of(session, world.delegate, NOVEMBER)
    assert days_with(month, congress) == [date(2033, 11, day) for day in (24, 25, 26)]
    assert month.meetings == [congress]


def test_a_meeting_that_ends_at_midnight_is_over_by_then(session, world, meet):
    late = meet(local(2033, 11, 9, 21))
    month = queries.month_of(session, world.delegate, NOVEMBER)
    assert days_with(month, late) == [date(2033, 11, 9)]


def test_meetings_of_the_months_beside_are_shown_but_not_listed(session, world, meet):
    beside = meet(local(2033, 12, 2, 8))
    month = queries.month_of(session, world.delegate, NOVEMBER)
    assert days_with(month, beside) == [date(2033, 12, 2)]
    assert month.meetings == []


def test_nobody_sees_a_meeting_that_does_not_concern_them(session, world, meet):
    shown = meet(local(2033, 11, 5, 8))
    planned = meet(local(2033, 11, 5, 9), state=MeetingState.PLANNED)
    assert queries.month_of(session, world.delegate, NOVEMBER).meetings == [shown]
    assert queries.month_of(session, world.outsider, NOVEMBER).meetings == []
    assert queries.month_of(session, world.clerk, NOVEMBER).meetings == [shown, planned]
