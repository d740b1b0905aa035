from datetime import datetime, timedelta

import pytest

from meetings import clock
from meetings.agenda import queries as agenda
from meetings.agenda import services as meetings
from meetings.agenda.arranging import queries, services
from meetings.models import AgendaItem, ItemKind, Meeting
from tests import factories

START = datetime(2027, 3, 1, 8, 0, tzinfo=clock.VIETNAM)


@pytest.fixture
def two_days(session, world):
    """Return a meeting of two days with four items, the third of which begins the second day."""
    end = START + timedelta(days=1, hours=3)
    meeting = factories.meeting(session, world.office, starts_at=START, ends_at=end)
    items = [
        factories.item(session, meeting, title=title, position=n, planned_minutes=30)
        for n, title in enumerate("ABCD", 1)
    ]
    items[2].set_for = START + timedelta(days=1)
    factories.item(session, meeting, title="A1", position=1, parent_id=items[0].id)
    session.commit()
    return meeting, items


def order(installation, meeting, user):
    with installation.database.reading() as reading:
        lines = agenda.agenda_of(reading, meeting, user=user)
        return [(line.item.title, f"{clock.local(line.starts_at):%d %H:%M}") for line in lines]


def seen(installation, meeting):
    with installation.database.reading() as reading:
        return str(reading.get_one(Meeting, meeting.id).agenda_revision)


def test_hours_follow_each_other_and_a_set_hour_begins_a_day(installation, world, two_days):
    meeting, _ = two_days
    assert order(installation, meeting, world.clerk) == [
        ("A", "01 08:00"),
        ("A1", "01 08:00"),
        ("B", "01 08:30"),
        ("C", "02 08:00"),
        ("D", "02 08:30"),
    ]


def test_an_item_is_put_before_another_and_takes_along_what_is_in_it(
    installation, world, two_days, sign_in
):
    meeting, items = two_days
    client = sign_in(world.clerk)
    at = f"/agenda-items/{items[1].id}/place"
    fields = {"before": str(items[0].id), "seen": seen(installation, meeting)}
    assert client.submit(at, **fields).status_code == 303
    titles = [title for title, _ in order(installation, meeting, world.clerk)]
    assert titles == ["B", "A", "A1", "C", "D"]
    assert client.submit(at, before="", seen=seen(installation, meeting)).status_code == 303
    titles = [title for title, _ in order(installation, meeting, world.clerk)]
    assert titles == ["A", "A1", "C", "D", "B"]
    assert client.submit(at, before=str(world.item.id)).status_code == 422
    assert sign_in(world.delegate).submit(at, **fields).status_code == 404


def test_a_day_that_loses_its_first_item_begins_with_the_next(
    installation, world, two_days, sign_in
):
    meeting, items = two_days
    at = f"/agenda-items/{items[2].id}/day"
    assert sign_in(world.clerk).submit(at, day="2027-03-01").status_code == 303
    assert order(installation, meeting, world.clerk)[2:] == [
        ("B", "01 08:30"),
        ("C", "01 09:00"),
        ("D", "02 08:00"),
    ]


def test_an_empty_day_begins_as_the_first_one_does(installation, session, world, two_days):
    meeting, items = two_days
    second = (START + timedelta(days=1)).date()
    for item in items[2:]:
        services.move_to_day(session, item, START.date(), by=world.clerk)
    services.move_to_day(session, items[0], second, by=world.clerk)
    session.commit()
    assert order(installation, meeting, world.clerk) == [
        ("B", "01 08:00"),
        ("C", "01 08:30"),
        ("D", "01 09:00"),
        ("A", "02 08:00"),
        ("A1", "02 08:00"),
    ]


def test_a_day_outside_the_meeting_is_refused(world, two_days, sign_in):
    _, items = two_days
    at = f"/agenda-items/{items[0].id}/day"
    assert sign_in(world.clerk).submit(at, day="2027-03-09").status_code == 422


def test_clashes_are_shown(session, world, two_days, sign_in):
    meeting, items = two_days
    items[1].planned_minutes = 26 * 60
    session.commit()
    lines = agenda.agenda_of(session, meeting, user=world.clerk)
    clashes = queries.clashes_of(meeting, lines)
    assert [line.item.title for line in clashes["early"]] == ["C"]
    session.commit()
    page = sign_in(world.clerk).get(f"/meetings/{meeting.id}/arrange").get_data(as_text=True)
    assert "3. C bắt đầu trước khi nội dung trước kết thúc" in page
    assert "Thứ Ba, 02/03/2027" in page
    assert sign_in(world.delegate).get(f"/meetings/{meeting.id}/arrange").status_code == 404


def test_an_agenda_that_is_too_long_is_told(session, world, two_days):
    meeting, items = two_days
    assert queries.clashes_of(meeting, agenda.agenda_of(session, meeting, user=world.clerk)) == {
        "early": [],
        "late": [],
    }
    items[3].planned_minutes = 600
    session.flush()
    lines = agenda.agenda_of(session, meeting, user=world.clerk)
    assert [line.item.title for line in queries.clashes_of(meeting, lines)["late"]] == ["D"]


ITEM = {"kind": "report", "planned_minutes": "10", "presenter": "Sở Nội vụ"}


def test_two_clerks_never_overwrite_each_other_silently(installation, world, two_days, sign_in):
    meeting, items = two_days
    one, other = sign_in(world.clerk), sign_in(world.clerk)
    at, revision = f"/agenda-items/{items[0].id}/edit", seen(installation, meeting)
    assert one.submit(at, title="Của người thứ nhất", seen=revision, **ITEM).status_code == 303
    answer = other.submit(at, title="Của người thứ hai", seen=revision, **ITEM)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Của người thứ nhất" in page
    assert "Của người thứ hai" in page, "what was typed is not lost"
    with installation.database.reading() as reading:
        assert reading.get_one(AgendaItem, items[0].id).title == "Của người thứ nhất"
    again = seen(installation, meeting)
    assert f'value="{again}"' in page
    assert other.submit(at, title="Của người thứ hai", seen=again, **ITEM).status_code == 303


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("move", {"direction": "up"}),
        ("delete", {}),
        ("place", {"before": ""}),
        ("day", {"day": "2027-03-01"}),
    ],
)
def test_a_late_move_changes_nothing_and_shows_the_agenda_as_it_is(
    installation, session, world, two_days, sign_in, path, fields
):
    meeting, items = two_days
    revision = seen(installation, meeting)
    meetings.change_item(session, session.get_one(AgendaItem, items[0].id), title="Đổi")
    session.commit()
    before = order(installation, meeting, world.clerk)
    client = sign_in(world.clerk)
    at = f"/agenda-items/{items[3].id}/{path}"
    answer = client.submit(at, seen=revision, **fields)
    assert answer.location == f"/meetings/{meeting.id}/arrange"
    assert "vừa sửa chương trình" in client.get(answer.location).get_data(as_text=True)
    assert order(installation, meeting, world.clerk) == before


def test_the_facts_of_a_meeting_are_not_overwritten_either(
    installation, session, world, two_days, sign_in
):
    meeting, _ = two_days
    revision = seen(installation, meeting)
    meetings.change_meeting(session, session.get_one(Meeting, meeting.id), place="Phòng B")
    session.commit()
    facts = {
        "title": "Tên khác",
        "kind": "work_session",
        "starts_at": "2027-03-01T08:00",
        "ends_at": "2027-03-01T11:00",
    }
    answer = sign_in(world.clerk).submit(f"/meetings/{meeting.id}/edit", seen=revision, **facts)
    assert answer.status_code == 422
    with installation.database.reading() as reading:
        assert reading.get_one(Meeting, meeting.id).title == meeting.title


PASTED = "1. Khai mạc (10 phút)\n2. Báo cáo\n2.1. Phần một\n3. Nghỉ giữa giờ\n4. Bế mạc"


def test_a_pasted_agenda_is_seen_first_and_then_added(installation, world, two_days, sign_in):
    meeting, _ = two_days
    client, at = sign_in(world.clerk), f"/meetings/{meeting.id}/agenda-items/paste"
    page = client.submit(at, text=PASTED, step="look").get_data(as_text=True)
    assert "Hiểu là 5 nội dung" in page
    assert len(order(installation, meeting, world.clerk)) == 5
    assert client.submit(at, text=PASTED, step="keep").status_code == 303
    with installation.database.reading() as reading:
        lines = agenda.agenda_of(reading, meeting, user=world.clerk)[5:]
    assert [(line.number, line.item.kind) for line in lines] == [
        ("5", ItemKind.OPENING),
        ("6", ItemKind.REPORT),
        ("6.1", ItemKind.REPORT),
        ("7", ItemKind.BREAK),
        ("8", ItemKind.CLOSING),
    ]
    assert lines[0].item.planned_minutes == 10
    assert sign_in(world.delegate).get(at).status_code == 404


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1. A\n3. B", "Dòng 2: “3” phải là “2”"),
        ("CHƯƠNG TRÌNH\n1. A", "Dòng 1 chưa có số"),
        ("1. " + "A" * 501, "500"),
        ("\n".join(f"{n}. A" for n in range(1, 400)), "300"),
        ("", "Vui lòng điền"),
    ],
)
def test_broken_numbering_is_told_at_the_field_and_nothing_is_half_saved(
    installation, world, two_days, sign_in, text, told
):
    meeting, _ = two_days
    at = f"/meetings/{meeting.id}/agenda-items/paste"
    answer = sign_in(world.clerk).submit(at, text=text, step="keep")
    assert answer.status_code == 422
    assert told in answer.get_data(as_text=True)
    assert len(order(installation, meeting, world.clerk)) == 5
