from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from meetings import clock
from meetings.models import (
    AuditEntry,
    Meeting,
    MeetingState,
    Role,
    Room,
    RoomBooking,
)
from tests import factories

DAY = datetime(2027, 3, 1, 8, 0, tzinfo=clock.VIETNAM)  # a Monday
MEETING = {
    "title": "Hội nghị sơ kết",
    "kind": "review_conference",
    "starts_at": "2027-03-01T08:00",
    "ends_at": "2027-03-01T11:00",
    "taking": "download",
    "stand_in": "same_unit",
}
ROOM = {
    "name": "Phòng họp tầng 3",
    "site": "Tầng 3, nhà B",
    "capacity": "60",
    "equipment": "Micro\n\n Máy chiếu ",
}


def text(answer):
    return answer.get_data(as_text=True)


def fresh(installation, kind, **facts):
    with installation.database.reading() as reading:
        return reading.scalars(select(kind).filter_by(**facts)).all()


@pytest.fixture
def calling(world):
    return f"/bodies/{world.office.id}/meetings/new"


@pytest.fixture
def room(session, world):
    row = factories.room(session, world.office, name="Phòng họp Ban Thường vụ")
    session.commit()
    return row


@pytest.fixture
def taken(session, world, room):
    """The room is held from 8 to 11 by a meeting of the office."""
    other = factories.meeting(session, world.office, title="Giao ban tuần", starts_at=DAY)
    factories.booking(session, room, other)
    session.commit()
    return other


def test_a_clerk_enters_a_room_and_finds_it_in_the_list(installation, world, sign_in):
    client = sign_in(world.clerk)
    assert "Chưa có phòng họp nào" in text(client.get("/rooms"))
    answer = client.submit("/rooms/new", **ROOM, body=world.office.id)
    [room] = fresh(installation, Room)
    assert (answer.status_code, answer.location) == (303, f"/rooms/{room.id}")
    assert (room.capacity, room.equipment, room.closed) == (60, ["Micro", "Máy chiếu"], False)
    for page in ("/rooms", f"/rooms/{room.id}"):
        assert "Tầng 3, nhà B" in text(client.get(page))
    assert "/rooms" in text(client.get("/calendar"))


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"capacity": "5001"}, "từ 1 đến"),
        ({"capacity": ""}, "Vui lòng điền"),
        ({"name": " "}, "Vui lòng điền"),
        ({"equipment": "x\n" * 31}, "không quá 30 dòng"),
        ({"name": "Phòng họp Ban Thường vụ"}, "đã có phòng họp cùng tên"),
    ],
)
def test_a_room_with_wrong_facts_is_not_entered(installation, world, room, sign_in, wrong, told):
    answer = sign_in(world.clerk).submit("/rooms/new", **ROOM | wrong, body=world.office.id)
    assert answer.status_code == 422
    assert told in text(answer)
    assert [one.id for one in fresh(installation, Room)] == [room.id]


def test_only_clerks_see_rooms_and_only_those_of_the_body_change_one(
    session, installation, world, room, sign_in
):
    strange = factories.user(session, (Role.CLERK, world.commune))
    session.commit()
    at = f"/rooms/{room.id}"
    assert sign_in(world.delegate).get("/rooms").status_code == 403
    assert sign_in(world.delegate).get(at).status_code == 404
    client = sign_in(strange)
    assert client.get(at).status_code == 200
    assert client.submit(f"{at}/edit", **ROOM).status_code == 404
    assert client.submit("/rooms/new", **ROOM, body=world.office.id).status_code == 422
    assert sign_in(world.clerk).submit(f"{at}/edit", **ROOM).status_code == 303
    assert [one.name for one in fresh(installation, Room)] == [ROOM["name"]]
    [line] = fresh(installation, AuditEntry, action="room:keep", decision="allowed")
    assert line.subject_id == str(room.id)


def test_a_meeting_takes_a_room_and_its_name_as_the_place(
    installation, world, room, sign_in, calling
):
    client = sign_in(world.clerk)
    assert client.submit(calling, **MEETING, room=room.id).status_code == 303
    [meeting] = fresh(installation, Meeting, title=MEETING["title"])
    [booking] = fresh(installation, RoomBooking)
    assert (booking.meeting_id, booking.room_id, booking.main) == (meeting.id, room.id, True)
    assert meeting.place == "Phòng họp Ban Thường vụ, Tầng 2, nhà A"
    edit = f"/meetings/{meeting.id}/edit"
    assert f'<option selected value="{room.id}">' in text(client.get(edit))
    client.submit(edit, **MEETING, place="Nhà khách Suối Ngân", room="")
    assert fresh(installation, RoomBooking) == []
    assert fresh(installation, Meeting, id=meeting.id)[0].place == "Nhà khách Suối Ngân"


def test_a_meeting_of_old_keeps_the_text_of_its_place(installation, world, sign_in, calling):
    assert sign_in(world.clerk).submit(calling, **MEETING, place="Hội trường").status_code == 303
    [meeting] = fresh(installation, Meeting, title=MEETING["title"])
    assert meeting.place == "Hội trường"
    assert fresh(installation, RoomBooking) == []


def test_a_room_that_is_taken_is_told_with_what_can_be_taken_instead(
    session, installation, world, room, taken, sign_in, calling
):
    closed = factories.room(session, world.office, closed=True)
    other = factories.room(session, world.office, name="Phòng khánh tiết")
    session.commit()
    client = sign_in(world.clerk)
    answer = client.submit(calling, **MEETING, room=room.id)
    assert answer.status_code == 422
    html = text(answer)
    assert "đã được đặt từ 08:00 đến 11:00 ngày 01/03/2027 cho: Giao ban tuần" in html
    assert "Phòng khánh tiết, Tầng 2, nhà A (40 chỗ)" in html
    assert str(closed.id) not in html
    assert "bắt đầu lúc 13:30 ngày 01/03/2027" in html, "nobody begins at noon"
    assert fresh(installation, Meeting, title=MEETING["title"]) == []
    assert client.submit(calling, **MEETING, room=room.id, take_room=other.id).status_code == 303
    assert {b.room_id for b in fresh(installation, RoomBooking)} == {room.id, other.id}


def test_the_next_free_hours_of_the_same_room_are_taken_with_one_tap(
    installation, world, room, taken, sign_in, calling
):
    begin = DAY + timedelta(hours=3, minutes=15)
    fields = MEETING | {"room": room.id, "take_hours": begin.isoformat()}
    assert sign_in(world.clerk).submit(calling, **fields).status_code == 303
    [meeting] = fresh(installation, Meeting, title=MEETING["title"])
    assert (meeting.starts_at, meeting.ends_at) == (begin, begin + timedelta(hours=3))


@pytest.mark.parametrize("sent", ["soon", "2027-99-01", ""])
def test_hours_that_are_none_take_nothing(installation, world, room, taken, sign_in, calling, sent):
    fields = MEETING | {"room": room.id, "take_hours": sent}
    assert sign_in(world.clerk).submit(calling, **fields).status_code == 422
    assert len(fresh(installation, RoomBooking)) == 1


@pytest.mark.parametrize(
    ("begins", "ends", "status"),
    [
        ("2027-03-01T11:14", "2027-03-01T12:00", 422),
        ("2027-03-01T11:15", "2027-03-01T12:00", 303),
        ("2027-03-01T06:00", "2027-03-01T07:46", 422),
        ("2027-03-01T06:00", "2027-03-01T07:45", 303),
        ("2027-02-28T08:00", "2027-03-02T08:00", 422),
        ("2027-03-01T09:00", "2027-03-01T09:30", 422),
    ],
)
def test_a_room_is_cleared_between_two_meetings(
    world, room, taken, sign_in, calling, begins, ends, status
):
    fields = MEETING | {"room": room.id, "starts_at": begins, "ends_at": ends}
    assert sign_in(world.clerk).submit(calling, **fields).status_code == status


def test_a_meeting_that_ended_early_frees_its_room(session, world, room, taken, sign_in, calling):
    taken.state, taken.closed_at = MeetingState.CLOSED, DAY + timedelta(hours=1)
    session.commit()
    fields = MEETING | {"room": room.id, "starts_at": "2027-03-01T09:15"}
    assert sign_in(world.clerk).submit(calling, **fields).status_code == 303


def test_a_meeting_is_not_in_its_own_way_but_moved_into_another_it_is(
    session, installation, world, room, taken, sign_in
):
    mine = factories.meeting(session, world.office, starts_at=DAY + timedelta(days=1))
    factories.booking(session, room, mine)
    session.commit()
    client, edit = sign_in(world.clerk), f"/meetings/{mine.id}/edit"
    next_day = {"starts_at": "2027-03-02T09:00", "ends_at": "2027-03-02T12:00"}
    assert client.submit(edit, **MEETING | next_day, room=room.id).status_code == 303
    answer = client.submit(edit, **MEETING, room=room.id)
    assert answer.status_code == 422
    [kept] = fresh(installation, Meeting, id=mine.id)
    assert clock.local(kept.starts_at).day == 2, "nothing half saved"


def test_a_room_that_is_too_small_is_taken_only_when_it_is_meant(
    session, installation, world, sign_in
):
    small = factories.room(session, world.office, capacity=1)
    large = factories.room(session, world.office, capacity=2, name="Hội trường lớn")
    factories.room(session, world.office, capacity=1, name="Phòng khách nhỏ")
    session.commit()
    client, edit = sign_in(world.clerk), f"/meetings/{world.meeting.id}/edit"
    answer = client.submit(edit, **MEETING, room=small.id)
    assert answer.status_code == 422
    html = text(answer)
    assert "Phòng có 1 chỗ nhưng có 2 người dự họp" in html
    assert f'value="{large.id}"' in html
    assert "Phòng khách nhỏ, Tầng 2, nhà A (1 chỗ)" not in html.split("Có thể chọn thay thế")[1]
    assert client.submit(edit, **MEETING, room=small.id, anyway="y").status_code == 303
    assert [one.room_id for one in fresh(installation, RoomBooking)] == [small.id]
    assert client.submit(edit, **MEETING, room=small.id).status_code == 303, "asked only once"
    prepare = text(client.get(f"/meetings/{world.meeting.id}/prepare"))
    assert "Phòng họp không đủ chỗ" in prepare


@pytest.mark.parametrize("chosen", ["closed", "nowhere", "x"])
def test_a_room_that_is_closed_or_nowhere_is_told_at_the_field(
    session, installation, world, sign_in, calling, chosen
):
    closed = factories.room(session, world.office, closed=True)
    session.commit()
    sent = {"closed": closed.id, "nowhere": world.office.id, "x": "x"}[chosen]
    answer = sign_in(world.clerk).submit(calling, **MEETING, room=sent)
    assert answer.status_code == 422
    told = "đã ngừng sử dụng" if chosen == "closed" else "không còn trong danh sách"
    assert told in text(answer)
    assert fresh(installation, RoomBooking) == []


def test_an_end_before_the_beginning_is_told_and_takes_no_room(
    installation, world, room, sign_in, calling
):
    wrong = MEETING | {"ends_at": "2027-03-01T07:00", "room": room.id}
    assert sign_in(world.clerk).submit(calling, **wrong).status_code == 422
    assert fresh(installation, RoomBooking) == []


def test_of_two_clerks_at_once_one_gets_the_room(installation, world, room, sign_in, calling):
    clients = [sign_in(world.clerk) for _ in range(2)]
    sent = {**MEETING, "room": room.id}
    fields = [sent | {"csrf_token": client.csrf_token()} for client in clients]
    barrier, answers = Barrier(2), []

    def ask(number):
        barrier.wait()
        answers.append(clients[number].post(calling, data=fields[number]).status_code)

    threads = [Thread(target=ask, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [303, 422]
    assert len(fresh(installation, RoomBooking)) == 1
    assert len(fresh(installation, Meeting, title=MEETING["title"])) == 1


def test_the_title_of_a_meeting_that_one_may_not_see_is_told_nowhere(
    session, world, room, taken, sign_in
):
    strange = factories.user(session, (Role.CLERK, world.commune))
    session.commit()
    client = sign_in(strange)
    day = "day=2027-03-01"
    views = (f"/rooms?{day}", *(f"/rooms/{room.id}?{day}&view={v}" for v in ("", "month", "list")))
    for page in views:
        html = text(client.get(page))
        assert "Giao ban tuần" not in html
        assert str(taken.id) not in html
        assert "Cuộc họp khác" in html
    answer = client.submit(f"/bodies/{world.commune.id}/meetings/new", **MEETING, room=room.id)
    assert "cho: cuộc họp khác" in text(answer)
    office = sign_in(world.clerk)
    for page in views:
        assert "Giao ban tuần" in text(office.get(page))


def test_rooms_without_meetings_say_that_they_are_free(world, room, taken, sign_in):
    client = sign_in(world.clerk)
    at = f"/rooms/{room.id}?day=2027-06-07"
    assert text(client.get(at)).count("Trống") == 7
    assert "Phòng trống trong tất cả" in text(client.get(f"{at}&view=list"))
    assert "Phòng trống cả tháng" in text(client.get(f"{at}&view=month"))


def test_a_room_that_closes_tells_how_many_meetings_hold_it(
    installation, world, room, taken, sign_in
):
    client = sign_in(world.clerk)
    client.submit(f"/rooms/{room.id}/edit", **ROOM, closed="y")
    assert fresh(installation, Room)[0].closed
    assert "Còn 1 cuộc họp đang đặt phòng này" in text(client.get("/rooms"))
    assert len(fresh(installation, RoomBooking)) == 1


def test_a_room_that_is_renamed_is_renamed_where_a_meeting_to_come_names_it(
    session, installation, world, room, sign_in
):
    over = factories.meeting(session, world.office, starts_at=DAY - timedelta(days=999))
    for meeting in (world.meeting, world.planned_meeting, over):
        factories.booking(session, room, meeting)
        meeting.place = room.label
    world.planned_meeting.place = "Cửa sau, phòng chờ"
    over.starts_at, over.ends_at = (clock.now() - timedelta(days=n) for n in (2, 1))
    former = room.label
    session.commit()
    seen = world.planned_meeting.revision
    sign_in(world.clerk).submit(f"/rooms/{room.id}/edit", **ROOM)
    rows = {one.id: one for one in fresh(installation, Meeting)}
    assert rows[world.meeting.id].place == "Phòng họp tầng 3, Tầng 3, nhà B"
    assert rows[world.planned_meeting.id].place == "Cửa sau, phòng chờ"
    assert rows[world.planned_meeting.id].revision > seen, "its points may show the name"
    assert rows[over.id].place == former


@pytest.fixture
def unused(session, world, room):
    """A meeting that began 40 minutes ago and was not opened."""
    world.meeting.starts_at = clock.now() - timedelta(minutes=40)
    world.meeting.ends_at = clock.now() + timedelta(hours=2)
    world.meeting.place = room.label
    factories.booking(session, room, world.meeting)
    session.commit()
    return world.meeting


def test_a_room_that_is_not_used_is_freed_with_one_tap(installation, world, unused, sign_in):
    client, freeing = sign_in(world.clerk), f"/meetings/{unused.id}/room/free"
    assert freeing in text(client.get("/rooms"))
    assert sign_in(world.delegate).submit(freeing).status_code == 404
    assert client.submit(freeing).status_code == 303
    assert fresh(installation, RoomBooking) == []
    assert fresh(installation, Meeting, id=unused.id)[0].place == ""
    [line] = fresh(installation, AuditEntry, action="meeting:free-room", decision="allowed")
    assert line.subject_id == str(unused.id)
    html = text(client.get("/rooms"))
    assert freeing not in html
    assert "Đã trả phòng" in html


@pytest.mark.parametrize(
    "change",
    [
        {"opened_at": clock.now()},
        {"state": MeetingState.CLOSED},
        {"starts_at": clock.now() - timedelta(minutes=20)},
        {"ends_at": clock.now() - timedelta(minutes=1)},
    ],
    ids=["opened", "closed", "just begun", "over"],
)
def test_a_room_that_is_or_was_used_is_not_offered(session, world, unused, sign_in, change):
    for name, value in change.items():
        setattr(unused, name, value)
    session.commit()
    assert "/room/free" not in text(sign_in(world.clerk).get("/rooms"))


def test_the_office_of_the_room_frees_it_and_sees_no_title(
    session, installation, world, unused, sign_in
):
    [room] = fresh(installation, Room)
    keeper = factories.user(session, (Role.CLERK, world.commune))
    session.get_one(Room, room.id).body_id = world.commune.id
    session.commit()
    client = sign_in(keeper)
    html = text(client.get("/rooms"))
    assert f"/meetings/{unused.id}/room/free" in html
    assert unused.title not in html
    assert client.submit(f"/meetings/{unused.id}/room/free").status_code == 303
    assert fresh(installation, RoomBooking) == []


def test_a_copy_of_a_meeting_does_not_name_a_room_that_it_does_not_hold(
    installation, session, world, room, sign_in
):
    factories.booking(session, room, world.meeting)
    world.meeting.place = room.label
    world.planned_meeting.place = "Nhà khách"
    session.commit()
    client = sign_in(world.clerk)
    copied = {"title": "Bản sao", "starts_at": "2027-03-08T08:00"}
    for meeting in (world.meeting, world.planned_meeting):
        client.submit(f"/meetings/{meeting.id}/clone", **copied)
    places = {one.place for one in fresh(installation, Meeting, title="Bản sao")}
    assert places == {"", "Nhà khách"}
    assert len(fresh(installation, RoomBooking)) == 1
