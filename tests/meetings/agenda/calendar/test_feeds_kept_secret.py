"""A secret address tells no title, and nothing at all once it is ended or its owner is gone."""

import re
from datetime import timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select

from meetings import clock
from meetings.agenda import services
from meetings.agenda.access.services import set_closed
from meetings.agenda.answers import services as answers
from meetings.agenda.answers.queries import part_of
from meetings.agenda.participants import services as participants
from meetings.models import AuditEntry, CalendarFeed, MeetingState, ParticipantRole, User
from tests import factories

FEED = "/calendar/feed"


def address_of(page):
    return re.search(r"/calendar-feeds/[\w-]+", page.get_data(as_text=True))[0]


@pytest.fixture
def feeds(session, world, sign_in):
    """Return the addresses of the delegate and of the guest of one item of the meeting."""
    role = ParticipantRole.INVITED_DELEGATE
    services.invite(session, world.meeting, world.outsider.person, role, items={world.item.id})
    session.commit()
    clients = [sign_in(world.delegate), sign_in(world.outsider)]
    return [address_of(client.submit(FEED, wish="make")) for client in clients]


def events(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return Calendar.from_ical(answer.get_data()).walk("VEVENT")


def test_no_word_of_what_a_meeting_is_about_leaves_the_house(session, world, feeds, client):
    document = factories.document(session, world.office, title="Tờ trình mật danh")
    factories.paper(session, world.item, document)
    services.change_meeting(
        session, world.meeting, title="Kiểm điểm, kỷ luật", place="Phòng 3;\nTầng 2"
    )
    services.change_item(session, world.item, title="Công tác cán bộ", presenter="Ông Bí Mật")
    part = part_of(session, world.meeting, by=world.delegate.person_id)
    answers.answer(session, part, coming=False, reason="Đi chữa bệnh")
    session.commit()
    for address in feeds:
        text = client.get(address).get_data(as_text=True).replace("\r\n ", "")
        for secret in ("Kiểm điểm", "cán bộ", "Bí Mật", "mật danh", "chữa bệnh", str(document.id)):
            assert secret not in text
        [event] = events(client, address)
        assert str(event["location"]) == "Phòng 3;\nTầng 2", "a place ends no line of the file"
        assert event["class"] == "PRIVATE"


def test_a_place_forges_no_entry(session, world, feeds, client):
    services.change_meeting(
        session, world.meeting, place="A\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Giả"
    )
    session.commit()
    [event] = events(client, feeds[0])
    assert "Giả" not in str(event["summary"])


def test_an_absent_one_is_free_in_their_calendar_and_others_are_not(session, world, feeds, client):
    part = part_of(session, world.meeting, by=world.delegate.person_id)
    answers.answer(session, part, coming=False, reason="Ốm")
    session.commit()
    shown = [events(client, address)[0]["transp"] for address in feeds]
    assert shown == ["TRANSPARENT", "OPAQUE"]


def test_who_was_taken_off_keeps_an_empty_calendar(session, world, feeds, client):
    part = part_of(session, world.meeting, by=world.outsider.person_id)
    participants.take_off(session, world.meeting, part)
    session.commit()
    assert events(client, feeds[1]) == []
    assert len(events(client, feeds[0])) == 1


def test_a_guest_of_a_closed_item_is_told_when_but_not_of_what(session, world, feeds, client):
    set_closed(session, world.item, closed=True, by=world.clerk)
    session.commit()
    [event] = events(client, feeds[1])
    assert world.item.title not in event.to_ical().decode()


@pytest.mark.parametrize(
    ("ago", "shown"), [(timedelta(days=20), True), (timedelta(days=40), False)]
)
def test_what_is_long_over_is_left_out(session, world, feeds, client, ago, shown):
    start = clock.now() - ago
    over = factories.meeting(session, world.office, starts_at=start, state=MeetingState.CLOSED)
    factories.participant(session, over, world.delegate.person)
    session.commit()
    told = {str(event["uid"]) for event in events(client, feeds[0])}
    assert (f"{over.id}@nghi-su" in told) is shown
    assert f"{world.meeting.id}@nghi-su" in told


def test_a_closed_account_and_a_withdrawn_address_answer_like_a_guess(
    session, world, feeds, client, sign_in
):
    session.get_one(User, world.delegate.id).active = False
    session.commit()
    sign_in(world.outsider).submit(FEED, wish="end")
    guess = client.get("/calendar-feeds/guess")
    for address in feeds:
        answer = client.get(address)
        assert (answer.status_code, answer.mimetype) == (404, guess.mimetype)
        assert world.office.name not in answer.get_data(as_text=True)
    session.get_one(User, world.delegate.id).active = True
    session.commit()
    assert len(events(client, feeds[0])) == 1, "only the account was closed"


def test_the_address_of_one_ends_by_no_wish_of_another(session, world, feeds, client, sign_in):
    other = sign_in(world.other_delegate)
    assert other.submit(FEED, wish="end").status_code == 200
    assert other.submit(FEED, wish="make").status_code == 200
    assert [client.get(address).status_code for address in feeds] == [200, 200]
    assert session.query(CalendarFeed).count() == 3


def test_a_forged_wish_makes_no_address(session, world, sign_in, client):
    own = sign_in(world.delegate)
    assert own.post(FEED, data={"wish": "make"}).status_code == 403
    token = own.csrf_token()
    elsewhere = {"Sec-Fetch-Site": "cross-site", "Origin": "https://example.org"}
    sent = own.post(FEED, data={"wish": "make", "csrf_token": token}, headers=elsewhere)
    assert sent.status_code == 403
    assert client.get(FEED).status_code in {302, 303}, "a stranger signs in first"
    assert session.query(CalendarFeed).count() == 0


def test_two_who_make_an_address_at_once_have_one_that_works(session, world, sign_in, client):
    one, other = sign_in(world.delegate), sign_in(world.delegate)
    made = [address_of(each.submit(FEED, wish="make")) for each in (one, other)]
    assert [client.get(address).status_code for address in made] == [404, 200]


def test_the_secret_stands_in_no_line_of_ledger_or_log(installation, world, feeds, client, caplog):
    with caplog.at_level("INFO"):
        client.get(feeds[0])
        client.get(f"{feeds[0]}x")
    secret = feeds[0].rsplit("/", 1)[1]
    with installation.database.reading() as reading:
        entries = [str(vars(entry)) for entry in reading.scalars(select(AuditEntry))]
    assert not [line for line in [*entries, caplog.text] if secret in line]


@pytest.mark.parametrize(
    ("language", "words"), [("vi", "chưa có địa chỉ"), ("en", "You have no address yet")]
)
def test_the_page_says_so_where_there_is_none(world, sign_in, language, words):
    client = sign_in(world.outsider)
    client.set_cookie("preferences", f"day.100.{language}")
    page = client.get(FEED).get_data(as_text=True)
    assert words in page
    assert 'value="end"' not in page
