from datetime import timedelta

import pytest
from icalendar import Calendar

from meetings import clock
from tests import factories


def test_the_month_shows_meetings_in_the_picture_and_beneath(session, world, sign_in):
    title = "Hội nghị lần thứ mười hai của Ban Chấp hành"
    meeting = factories.meeting(
        session,
        world.office,
        title=title,
        starts_at=clock.now(),
        ends_at=clock.now() + timedelta(minutes=1),
    )
    factories.participant(session, meeting, world.delegate.person)
    session.commit()
    html = sign_in(world.delegate).get("/calendar").get_data(as_text=True)
    assert html.count(f'href="/meetings/{meeting.id}"') >= 2
    assert 'aria-current="date"' in html


def test_an_empty_month_says_so(world, sign_in):
    html = sign_in(world.delegate).get("/calendar?month=1999-02").get_data(as_text=True)
    assert "Tháng 2 năm 1999" in html
    assert "Không có hội nghị nào trong tháng này" in html


@pytest.mark.parametrize("month", ["", "2026", "2026-13", "0001-01", "9999-12", "<b>", "٢٠٢٦-٠١"])
def test_what_is_no_month_is_this_month(world, sign_in, month):
    page = sign_in(world.delegate).get("/calendar", query_string={"month": month})
    today = clock.today()
    assert f"Tháng {today.month} năm {today.year}" in page.get_data(as_text=True)


def test_a_calendar_entry_tells_when_and_where_but_not_what(session, world, sign_in):
    answer = sign_in(world.delegate).get(f"/meetings/{world.meeting.id}/calendar-entry")
    assert answer.mimetype == "text/calendar"
    [event] = Calendar.from_ical(answer.get_data()).walk("VEVENT")
    assert event.decoded("dtstart") == world.meeting.starts_at.replace(microsecond=0)
    assert event.decoded("dtend") == world.meeting.ends_at.replace(microsecond=0)
    assert world.office.name in str(event["summary"])
    assert world.meeting.title not in answer.get_data(as_text=True)


def test_a_changed_meeting_takes_the_place_of_its_earlier_entry(session, world, sign_in):
    client, address = sign_in(world.delegate), f"/meetings/{world.meeting.id}/calendar-entry"
    before = client.get(address).get_data()
    world.meeting.revision += 1
    session.commit()
    after = client.get(address).get_data()
    one, other = (Calendar.from_ical(data).walk("VEVENT")[0] for data in (before, after))
    assert one["uid"] == other["uid"]
    assert other["sequence"] == one["sequence"] + 1


def test_a_stranger_gets_no_entry(world, sign_in):
    client = sign_in(world.outsider)
    assert client.get(f"/meetings/{world.meeting.id}/calendar-entry").status_code == 404
