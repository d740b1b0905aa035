from datetime import timedelta

import pytest

from meetings import clock
from meetings.agenda.calendar import queries
from meetings.agenda.calendar.queries import Scope
from tests import factories


@pytest.fixture
def other(session, world):
    """Return a meeting of another body to which the delegate is invited too."""
    meeting = factories.meeting(session, world.province, title="Họp của tỉnh")
    factories.participant(session, meeting, world.delegate.person)
    session.commit()
    return meeting


def test_a_week_goes_from_monday_to_sunday_with_each_day(session, world):
    week = queries.week_of(session, world.delegate, clock.today())
    assert [day.date.weekday() for day in week.days] == list(range(7))
    assert week.after - week.first == timedelta(days=7)
    assert week.before is None, "there was nothing before"


def test_the_list_holds_what_comes_and_no_other_body_when_one_is_asked_for(session, world, other):
    everything = queries.list_of(session, world.delegate, clock.today())
    assert {world.meeting, other} <= set(everything.meetings)
    scope = Scope(body=world.office.id)
    assert queries.list_of(session, world.delegate, clock.today(), scope).meetings == [
        world.meeting
    ]


def test_only_mine_leaves_out_what_somebody_sees_by_their_office(session, world):
    today = clock.today()
    assert queries.list_of(session, world.clerk, today).meetings
    assert queries.list_of(session, world.clerk, today, Scope(own=True)).meetings == []


@pytest.mark.parametrize("view", ["week", "list", "month", "nonsense"])
def test_each_view_shows_the_meetings_of_a_body(world, other, sign_in, view):
    day = clock.local(world.meeting.starts_at).date().isoformat()
    asked = {"view": view, "day": day, "body": str(world.office.id)}
    page = sign_in(world.delegate).get("/calendar", query_string=asked).get_data(as_text=True)
    assert world.meeting.title in page
    assert "Họp của tỉnh" not in page


def test_empty_days_say_so(world, sign_in):
    client = sign_in(world.outsider)
    assert "Không có hội nghị" in client.get("/calendar?view=list").get_data(as_text=True)
    assert "Không có hội nghị" in client.get("/calendar?view=week&body=x").get_data(as_text=True)
