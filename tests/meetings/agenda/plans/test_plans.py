from datetime import date, datetime, timedelta

import pytest

from meetings import clock
from meetings.agenda import queries as agenda
from meetings.agenda import services as meetings
from meetings.agenda.plans import queries, services
from meetings.models import (
    AgendaItem,
    Meeting,
    MeetingKind,
    MeetingTemplate,
    Participant,
    ParticipantRole,
)
from tests import factories

START = datetime(2027, 3, 1, 8, 0, tzinfo=clock.VIETNAM)
MONDAY = date(2027, 3, 1)


@pytest.fixture
def model(session, world):
    """Return the meeting with a nested item, a paper, a kind and a guest for one item."""
    meetings.add_item(session, world.meeting, title="Phần một", parent=world.item)
    world.meeting.kind, world.meeting.place = MeetingKind.COMMITTEE_SESSION, "Hội trường A"
    factories.paper(session, world.item, factories.document(session, world.office, title="Báo cáo"))
    guest = world.outsider.person
    role = ParticipantRole.INVITED_DELEGATE
    meetings.invite(session, world.meeting, guest, role, items={world.item.id})
    session.commit()
    return world.meeting


def fresh(installation, kind, **facts):
    with installation.database.reading() as reading:
        return reading.query(kind).filter_by(**facts).all()


def copy_of(session, world, **wish):
    wish = {"papers": True, "people": True} | wish
    return services.clone(
        session, world.meeting, title="Lần sau", starts_at=START, by=world.clerk, **wish
    )


def test_a_copy_has_the_agenda_and_the_length_but_no_paper(session, world, model):
    copy = copy_of(session, world)
    lines = agenda.agenda_of(session, copy, user=world.clerk)
    assert [(line.number, line.item.title) for line in lines] == [
        ("1", world.item.title),
        ("1.1", "Phần một"),
    ]
    assert copy.ends_at - copy.starts_at == model.ends_at - model.starts_at
    assert (copy.kind, copy.place) == (model.kind, model.place)
    assert not [line for line in lines if line.papers]
    places = queries.places_of(session, copy)
    assert [place.title for place in places[lines[0].item.id]] == ["Báo cáo"]


def test_a_copy_leaves_out_what_is_not_wanted(session, world, model):
    copy = copy_of(session, world, papers=False, people=False)
    assert queries.places_of(session, copy) == {}
    assert agenda.participants_of(session, copy) == []


def test_guests_of_one_item_are_guests_of_its_copy(session, world, model):
    copy = copy_of(session, world)
    [guest] = [p for p in agenda.participants_of(session, copy) if not p.whole]
    assert guest.person_id == world.outsider.person_id
    shown = agenda.agenda_of(session, copy, user=world.clerk)
    assert len(shown) == 2


def test_working_days_leave_out_weekends_and_holidays():
    assert queries.working_days_before(MONDAY, 1, {}) == date(2027, 2, 26)
    assert queries.working_days_before(MONDAY, 5, {}) == date(2027, 2, 22)
    holiday = {date(2027, 2, 26): False}
    assert queries.working_days_before(MONDAY, 1, holiday) == date(2027, 2, 25)
    swapped = {date(2027, 2, 27): True}
    assert queries.working_days_before(MONDAY, 1, swapped) == date(2027, 2, 27)
    assert queries.working_days_before(MONDAY, 0, {}) == MONDAY


@pytest.mark.parametrize(
    ("kind", "days"),
    [("committee_session", [5]), ("standing_committee_meeting", [3]), ("work_session", [])],
)
def test_each_kind_has_its_working_days_ahead(installation, session, world, sign_in, kind, days):
    facts = {
        "title": "Họp",
        "kind": kind,
        "starts_at": "2027-03-01T08:00",
        "ends_at": "2027-03-01T11:00",
    }
    sign_in(world.clerk).submit(f"/bodies/{world.office.id}/meetings/new", **facts)
    [meeting] = fresh(installation, Meeting, title="Họp")
    with installation.database.reading() as reading:
        due = queries.stages_of(reading, meeting)
    assert [one.days for one in due] == days
    page = sign_in(world.clerk).get(f"/meetings/{meeting.id}/prepare").get_data(as_text=True)
    assert ("Tài liệu đến đại biểu" in page) is bool(days)


def test_a_meeting_is_kept_as_a_template_and_called_from_it(installation, world, model, sign_in):
    client = sign_in(world.clerk)
    fields = {"template-name": "Hội nghị quý", "template-stages": "7 Gửi tài liệu\n5 Phát hành"}
    at = f"/meetings/{model.id}/template"
    assert client.submit(at, **fields).status_code == 303
    [template] = fresh(installation, MeetingTemplate)
    form = client.get(f"/bodies/{model.body_id}/meetings/new").get_data(as_text=True)
    assert "Hội nghị quý" in form
    call = f"/meeting-templates/{template.id}/call"
    assert client.submit(call, title="Quý II", starts_at="soon").status_code == 422
    assert client.submit(call, title="Quý II", starts_at="2027-06-01T08:00").status_code == 303
    [meeting] = fresh(installation, Meeting, title="Quý II")
    assert len(fresh(installation, AgendaItem, meeting_id=meeting.id)) == 2
    page = client.get(f"/meetings/{meeting.id}/prepare").get_data(as_text=True)
    assert "Gửi tài liệu" in page
    assert "Báo cáo" in page
    assert sign_in(world.delegate).submit(call, title="x").status_code == 404
    assert client.submit(f"/meeting-templates/{template.id}/drop").status_code == 303
    assert fresh(installation, MeetingTemplate) == []
    assert fresh(installation, Meeting, title="Quý II"), "what was made of it stays"


def test_a_stage_without_its_days_is_told_at_the_field(installation, world, model, sign_in):
    fields = {"template-name": "Mẫu", "template-stages": "5 Phát hành\nGửi sớm"}
    answer = sign_in(world.clerk).submit(f"/meetings/{model.id}/template", **fields)
    assert answer.status_code == 422
    assert "Gửi sớm" in answer.get_data(as_text=True)
    assert fresh(installation, MeetingTemplate) == []


def test_a_meeting_is_copied_on_its_page(installation, world, model, sign_in):
    client, at = sign_in(world.clerk), f"/meetings/{model.id}/clone"
    assert client.get(at).status_code == 200
    assert client.submit(at, title="Lần sau", starts_at="").status_code == 422
    wish = {"title": "Lần sau", "starts_at": "2027-03-01T08:00", "people": "y"}
    assert client.submit(at, **wish).status_code == 303
    [copy] = fresh(installation, Meeting, title="Lần sau")
    assert len(fresh(installation, Participant, meeting_id=copy.id)) == 3
    assert sign_in(world.delegate).get(at).status_code == 404


def test_an_awaited_paper_is_awaited_no_longer(installation, session, world, model, sign_in):
    copy = copy_of(session, world)
    session.commit()
    [[place]] = queries.places_of(session, copy).values()
    session.commit()
    client, at = sign_in(world.clerk), f"/agenda-items/{place.item_id}/places/drop"
    assert client.submit(at, place="nothing").status_code == 422
    assert client.submit(at, place=str(place.id)).status_code == 303
    with installation.database.reading() as reading:
        assert queries.places_of(reading, copy) == {}


def test_the_office_edits_holidays_and_swapped_days(installation, world, sign_in):
    client = sign_in(world.clerk)
    assert client.get("/special-days").status_code == 200
    assert client.submit("/special-days", day="30/2/2027", name="x").status_code == 422
    fields = {"day": "30/04/2027", "name": "Ngày Giải phóng", "working": "no"}
    assert client.submit("/special-days", **fields).status_code == 303
    assert "Ngày Giải phóng" in client.get("/special-days").get_data(as_text=True)
    assert client.submit("/special-days/forget", day="2027-05-01").status_code == 422
    assert client.submit("/special-days/forget", day="2027-04-30").status_code == 303
    with installation.database.reading() as reading:
        assert queries.special_days(reading) == []
    assert sign_in(world.delegate).get("/special-days").status_code == 403


def test_what_is_over_is_said(session, world):
    services.set_stages(session, world.meeting, [("Gửi tài liệu", 9), ("Phát hành", 0)])
    over = {due.name: due.over for due in queries.stages_of(session, world.meeting)}
    assert over == {"Gửi tài liệu": True, "Phát hành": False}
    assert clock.today() - timedelta(days=9) > queries.stages_of(session, world.meeting)[0].day
