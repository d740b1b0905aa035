"""What a copy or a template takes over of closed items, set hours and days, and who sees it."""

from datetime import date, datetime, timedelta

import pytest

from meetings import clock
from meetings.agenda import queries as agenda
from meetings.agenda import services as meetings
from meetings.agenda.access.queries import readers_of
from meetings.agenda.access.services import set_closed
from meetings.agenda.plans import queries, services
from meetings.models import AgendaItem, MeetingState, ParticipantRole, Role, SpecialDay
from tests import factories

START = datetime(2027, 3, 1, 8, 0, tzinfo=clock.VIETNAM)


@pytest.fixture
def closed(session, world):
    """Return an item closed to the guest of the whole meeting, with one below it."""
    item = factories.item(session, world.meeting, title="Công tác cán bộ", position=10**6)
    factories.item(session, world.meeting, title="Nhân sự cụ thể", parent_id=item.id)
    meetings.invite(session, world.meeting, world.outsider.person, ParticipantRole.INVITED_DELEGATE)
    set_closed(session, item, closed=True, by=world.clerk)
    session.commit()
    return item


def copied(session, world, *, people=True, starts_at=START):
    wish = {"title": "Lần sau", "papers": True, "people": people, "by": world.clerk}
    return services.clone(session, world.meeting, starts_at=starts_at, **wish)


def titles(session, meeting, user):
    return [line.item.title for line in agenda.agenda_of(session, meeting, user=user)]


WHOLE = ["Công tác cán bộ", "Nhân sự cụ thể"]


def test_a_closed_item_is_closed_in_the_copy_to_those_to_whom_it_was(session, world, closed):
    copy = copied(session, world)
    copy.state = MeetingState.RELEASED
    session.flush()
    assert titles(session, copy, world.outsider) == [world.item.title]
    assert titles(session, copy, world.delegate) == [world.item.title, *WHOLE]
    assert titles(session, copy, world.clerk) == [world.item.title, *WHOLE]


def test_a_closed_item_of_a_template_stays_closed_until_the_office_names_who_sees_it(
    session, world, closed
):
    template = services.keep_template(session, world.meeting, name="Mẫu", stages=[], by=world.clerk)
    made = services.call_from(session, template, title="Theo mẫu", starts_at=START)
    made.state = MeetingState.RELEASED
    meetings.invite(session, made, world.outsider.person, ParticipantRole.INVITED_DELEGATE)
    assert titles(session, made, world.outsider) == [world.item.title]
    [item] = session.query(AgendaItem).filter_by(meeting_id=made.id, title=closed.title)
    assert readers_of(session, item) == set()


def test_a_template_of_before_has_no_closed_item(session, world):
    told = {"source": "1", "title": "Cũ", "kind": "report", "presenter": "", "minutes": 5}
    old = factories.template(session, world.office, agenda=[told | {"papers": [], "items": []}])
    made = services.call_from(session, old, title="Theo mẫu cũ", starts_at=START)
    [line] = agenda.agenda_of(session, made, user=world.clerk)
    assert (line.item.title, line.item.closed, line.item.set_for) == ("Cũ", False, None)


def test_the_second_day_of_a_meeting_is_the_second_day_of_its_copy(session, world):
    world.meeting.starts_at, world.meeting.ends_at = START, START + timedelta(days=1, hours=3)
    next_day = factories.item(session, world.meeting, title="Ngày hai", position=10**6)
    next_day.set_for = START + timedelta(days=1, hours=1)
    session.flush()
    later = START + timedelta(days=91, hours=2)
    copy = copied(session, world, starts_at=later)
    hours = {
        line.item.title: line.starts_at
        for line in agenda.agenda_of(session, copy, user=world.clerk)
    }
    assert hours == {
        world.item.title: later,
        "Ngày hai": later + timedelta(days=1, hours=1),
    }


def test_a_copy_is_of_nobodys_business_before_its_release(session, world, closed, sign_in):
    copy = copied(session, world)
    session.commit()
    for who in (world.delegate, world.outsider):
        assert sign_in(who).get(f"/meetings/{copy.id}").status_code == 404
    assert "Lần sau" not in sign_in(world.delegate).get("/meetings").get_data(as_text=True)


def test_a_foreign_office_neither_copies_nor_calls(session, world, sign_in):
    foreign = factories.user(session, (Role.CLERK, world.commune))
    template = factories.template(session, world.office)
    session.commit()
    client = sign_in(foreign)
    fields = {"title": "Lấy trộm", "starts_at": "2027-03-01T08:00"}
    assert client.submit(f"/meetings/{world.meeting.id}/clone", **fields).status_code == 404
    assert client.submit(f"/meeting-templates/{template.id}/call", **fields).status_code == 404
    assert client.submit(f"/meeting-templates/{template.id}/drop").status_code == 404


@pytest.mark.parametrize("fields", [{"title": ""}, {"title": "x" * 501}, {"starts_at": "30/2"}])
def test_a_copy_that_cannot_be_is_told_at_the_field(session, world, sign_in, fields):
    wish = {"title": "Lần sau", "starts_at": "2027-03-01T08:00"} | fields
    answer = sign_in(world.clerk).submit(f"/meetings/{world.meeting.id}/clone", **wish)
    assert answer.status_code == 422
    assert "field-error" in answer.get_data(as_text=True)


TET = [date(2027, 2, day) for day in range(4, 11)]


@pytest.mark.parametrize(
    ("swapped", "due"),
    [
        ([], date(2027, 2, 1)),
        ([date(2027, 1, 30)], date(2027, 2, 1)),
        ([date(2027, 2, 13)], date(2027, 2, 2)),
        ([date(2027, 2, 13), date(2027, 2, 14)], date(2027, 2, 3)),
    ],
)
def test_papers_are_due_before_tet_as_the_office_entered_its_days(session, world, swapped, due):
    session.add_all(SpecialDay(day=day, working=False, name="Tết") for day in TET)
    session.add_all(SpecialDay(day=day, working=True, name="Làm bù") for day in swapped)
    world.meeting.starts_at = datetime(2027, 2, 15, 0, 30, tzinfo=clock.VIETNAM)
    services.set_stages(session, world.meeting, [("Gửi tài liệu", 5)])
    [stage] = queries.stages_of(session, world.meeting)
    assert (stage.day, stage.over) == (due, due < clock.today())


def test_a_day_entered_twice_is_what_was_said_last(session, world, sign_in):
    client = sign_in(world.clerk)
    day = {"day": "06/02/2027", "name": "Tết"}
    client.submit("/special-days", working="no", **day)
    client.submit("/special-days", working="yes", **day | {"name": "Làm bù"})
    [kept] = queries.special_days(session)
    assert (kept.working, kept.name) == (True, "Làm bù")
    session.commit()
    for wrong in ({"day": ""}, {"name": ""}, {"name": "x" * 201}, {"working": "perhaps"}):
        assert client.submit("/special-days", **day | wrong).status_code == 422
    assert len(queries.special_days(session)) == 1
