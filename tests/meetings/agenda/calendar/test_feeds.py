"""The secret address under which a device asks for its owner's meetings."""

import re

import pytest
from icalendar import Calendar

from meetings.agenda.answers import services as answers
from meetings.agenda.answers.queries import part_of
from meetings.models import CalendarFeed, User
from meetings.policy import Permission
from meetings.web import pace
from meetings.web.pace import Pace
from tests import factories


@pytest.fixture
def feed(world, sign_in):
    """Return the delegate's address, as the page shows it once."""
    page = sign_in(world.delegate).submit("/calendar/feed", wish="make").get_data(as_text=True)
    return re.search(r"/calendar-feeds/[\w-]+", page)[0]


def events(answer):
    return Calendar.from_ical(answer.get_data()).walk("VEVENT")


def test_a_device_is_told_when_and_where_but_not_what(session, world, feed, client):
    elsewhere = factories.meeting(session, world.province)
    session.commit()
    answer = client.get(feed)
    assert answer.mimetype == "text/calendar"
    [event] = events(answer)
    assert world.office.name in str(event["summary"])
    text = answer.get_data(as_text=True)
    assert world.meeting.title not in text
    assert world.item.title not in text
    assert str(world.planned_meeting.id) not in text, "nothing before its release"
    assert str(elsewhere.id) not in text


def test_the_entry_says_whether_its_owner_comes(session, world, feed, client):
    assert events(client.get(feed))[0]["status"] == "TENTATIVE"
    part = part_of(session, world.meeting, by=world.delegate.person_id)
    answers.answer(session, part, coming=True)
    session.commit()
    assert events(client.get(feed))[0]["status"] == "CONFIRMED"


def test_a_new_address_ends_the_old_one_and_only_a_digest_is_kept(
    session, world, feed, client, sign_in
):
    [kept] = session.query(CalendarFeed).all()
    assert kept.digest not in feed
    session.commit()
    own = sign_in(world.delegate)
    page = own.submit("/calendar/feed", wish="make").get_data(as_text=True)
    assert client.get(feed).status_code == 404
    new = re.search(r"/calendar-feeds/[\w-]+", page)[0]
    assert client.get(new).status_code == 200
    assert new not in own.get("/calendar/feed").get_data(as_text=True), "shown once"
    own.submit("/calendar/feed", wish="end")
    assert client.get(new).status_code == 404
    assert own.submit("/calendar/feed", wish="other").status_code == 422


def test_a_closed_account_is_told_nothing(session, world, feed, client):
    session.get_one(User, world.delegate.id).active = False
    session.commit()
    assert client.get(feed).status_code == 404


def test_who_asks_too_often_waits(monkeypatch, feed, client):
    monkeypatch.setitem(pace.PACES, Permission.CALENDAR_FEED, Pace(2, 3600))
    assert client.get(feed).status_code == 200
    assert client.get(feed).status_code == 429


def test_a_guess_opens_nothing(client):
    assert client.get("/calendar-feeds/guess").status_code == 404
