from datetime import timedelta

import pytest
from sqlalchemy import select

from meetings.agenda.points import queries
from meetings.models import (
    AuditEntry,
    BridgePoint,
    Meeting,
    Participant,
    PointParticipant,
    RoomBooking,
)
from tests import factories

LINK = "https://hop.tinhuy.example/p/7?k=1"
POINT = {"name": "Điểm cầu Suối Ngân", "place": "Trụ sở Đảng ủy xã", "link": LINK}


def text(answer):
    return answer.get_data(as_text=True)


def fresh(installation, kind, **facts):
    with installation.database.reading() as reading:
        return reading.scalars(select(kind).filter_by(**facts)).all()


@pytest.fixture
def at(world):
    return f"/meetings/{world.meeting.id}/points"


@pytest.fixture
def parts(session, world):
    """The parts of the two delegates in the meeting."""
    rows = session.scalars(select(Participant).filter_by(meeting_id=world.meeting.id))
    by_person = {row.person_id: row.id for row in rows}
    session.commit()
    return [by_person[who.person_id] for who in (world.delegate, world.other_delegate)]


def test_a_delegate_finds_the_link_of_their_own_point_on_the_meeting_and_today(
    installation, session, world, at, parts, sign_in
):
    office = sign_in(world.clerk)
    assert "dự tại một nơi" in text(office.get(at))
    elsewhere = POINT | {"name": "Điểm cầu khác", "link": "https://khac.example/"}
    sent = {"person": world.clerk.person_id, "people": [parts[0]]}
    assert office.submit(f"{at}/new", **POINT, **sent).status_code == 303
    assert office.submit(f"{at}/new", **elsewhere, people=[parts[1]]).status_code == 303
    assert {one.name for one in fresh(installation, BridgePoint)} == {
        POINT["name"],
        elsewhere["name"],
    }
    for page in ("/", f"/meetings/{world.meeting.id}"):
        html = text(sign_in(world.delegate).get(page))
        assert f'href="{LINK}"' in html
        assert "Điểm cầu của đồng chí: Điểm cầu Suối Ngân" in html
        assert f"Phụ trách: {world.clerk.person.display_name}" in html
        assert "khac.example" not in html
    overview = text(office.get(at))
    assert LINK in overview
    assert world.delegate.person.display_name in overview
    lines = fresh(installation, AuditEntry, action="meeting:prepare", decision="allowed")
    assert {line.subject_id for line in lines} == {str(world.meeting.id)}


def test_who_is_sent_to_no_point_sees_none(session, world, sign_in):
    point = factories.bridge_point(session, world.meeting, link=LINK)
    session.commit()
    for page in ("/", f"/meetings/{world.meeting.id}"):
        html = text(sign_in(world.delegate).get(page))
        assert LINK not in html
        assert point.name not in html


def test_a_change_reaches_the_page_that_a_tablet_has_kept(session, world, parts, sign_in):
    point = factories.bridge_point(session, world.meeting)
    session.add(PointParticipant(participant_id=parts[0], point_id=point.id))
    session.commit()
    delegate, page = sign_in(world.delegate), f"/meetings/{world.meeting.id}"
    kept = {"If-None-Match": delegate.get(page).headers["ETag"]}
    assert delegate.get(page, headers=kept).status_code == 304
    sent = POINT | {"people": [parts[0]]}
    assert sign_in(world.clerk).submit(f"/points/{point.id}/edit", **sent).status_code == 303
    assert LINK in text(delegate.get(page, headers=kept))


@pytest.mark.parametrize(
    "link",
    [
        "http://hop.example/1",
        "javascript:alert(1)",
        "hop.example",
        "https://",
        "https://a b",
        "//x",
    ],
)
def test_a_link_that_is_not_encrypted_or_none_is_told_at_the_field(
    installation, world, at, sign_in, link
):
    answer = sign_in(world.clerk).submit(f"{at}/new", **POINT | {"link": link})
    assert answer.status_code == 422
    assert "bắt đầu bằng https://" in text(answer)
    assert fresh(installation, BridgePoint) == []


def test_two_points_of_one_name_and_a_point_without_a_name_are_refused(
    installation, world, at, sign_in
):
    office = sign_in(world.clerk)
    assert office.submit(f"{at}/new", **POINT).status_code == 303
    again = office.submit(f"{at}/new", **POINT)
    assert again.status_code == 422
    assert "đã có điểm cầu cùng tên" in text(again)
    assert office.submit(f"{at}/new", name=" ").status_code == 422
    [point] = fresh(installation, BridgePoint)
    assert office.submit(f"/points/{point.id}/edit", **POINT).status_code == 303, "its own name"


@pytest.mark.parametrize("field", ["person", "people"])
def test_nobody_unknown_is_sent_to_a_point(installation, world, at, sign_in, field):
    sent = {field: world.office.id}
    assert sign_in(world.clerk).submit(f"{at}/new", **POINT, **sent).status_code == 422
    assert fresh(installation, BridgePoint) == []


def test_who_goes_to_another_point_leaves_the_first(session, installation, world, parts, sign_in):
    first, second = (factories.bridge_point(session, world.meeting) for _ in range(2))
    session.add(PointParticipant(participant_id=parts[0], point_id=first.id))
    session.commit()
    office, edit = sign_in(world.clerk), f"/points/{second.id}/edit"
    assert f"({first.name})" in text(office.get(edit)), "the form says where they are now"
    assert office.submit(edit, name=second.name, people=parts).status_code == 303
    placed = {one.participant_id: one.point_id for one in fresh(installation, PointParticipant)}
    assert placed == dict.fromkeys(parts, second.id)
    assert office.submit(f"/points/{second.id}/delete").status_code == 303
    assert fresh(installation, PointParticipant) == []
    assert len(fresh(installation, BridgePoint)) == 1


def test_only_the_office_sets_points_up(session, world, at, sign_in):
    point = factories.bridge_point(session, world.meeting)
    session.commit()
    for user in (world.delegate, world.outsider):
        client = sign_in(user)
        assert client.get(at).status_code == 404
        assert client.submit(f"{at}/new", **POINT).status_code == 404
        assert client.submit(f"/points/{point.id}/edit", **POINT).status_code == 404
        assert client.submit(f"/points/{point.id}/delete").status_code == 404
    assert sign_in(world.clerk).get(at).status_code == 200


@pytest.fixture
def room(session, world):
    row = factories.room(session, world.office, capacity=1)
    session.commit()
    return row


def test_the_room_of_a_point_is_held_for_the_hours_of_the_meeting(
    session, installation, world, at, room, sign_in
):
    other = factories.meeting(session, world.office, starts_at=world.meeting.starts_at)
    session.commit()
    office = sign_in(world.clerk)
    assert office.submit(f"{at}/new", **POINT, room=room.id).status_code == 303
    [booking] = fresh(installation, RoomBooking)
    assert (booking.meeting_id, booking.main) == (world.meeting.id, False)
    answer = office.submit(f"/meetings/{other.id}/points/new", **POINT, room=room.id)
    assert answer.status_code == 422
    assert "đã được đặt" in text(answer)
    [point] = fresh(installation, BridgePoint)
    assert office.submit(f"/points/{point.id}/edit", **POINT, room="").status_code == 303
    assert fresh(installation, RoomBooking) == []
    assert office.submit(f"/points/{point.id}/edit", **POINT, room=room.id).status_code == 303
    assert office.submit(f"/points/{point.id}/delete").status_code == 303
    assert fresh(installation, RoomBooking) == []


def test_a_room_serves_one_purpose_of_a_meeting_and_holds_those_who_come(
    session, installation, world, at, room, parts, sign_in
):
    office = sign_in(world.clerk)
    small = office.submit(f"{at}/new", **POINT, room=room.id, people=parts)
    assert small.status_code == 422
    assert "Phòng có 1 chỗ nhưng có 2 người" in text(small)
    factories.booking(session, room, world.meeting)
    session.commit()
    twice = office.submit(f"{at}/new", **POINT, room=room.id)
    assert twice.status_code == 422
    assert "đã dùng phòng đó rồi" in text(twice)
    assert fresh(installation, BridgePoint) == []


def test_a_meeting_moves_only_to_hours_at_which_its_points_have_their_rooms(
    session, installation, world, room, sign_in
):
    begin = world.meeting.starts_at.replace(second=0, microsecond=0) + timedelta(days=3)
    point = factories.bridge_point(session, world.meeting, room_id=room.id)
    factories.booking(session, room, world.meeting, main=False)
    other = factories.meeting(session, world.office, starts_at=begin)
    factories.booking(session, room, other)
    session.commit()
    shape = "%Y-%m-%dT%H:%M"
    local = [(begin + timedelta(hours=7 + plus)).strftime(shape) for plus in (0, 1)]
    facts = {"title": "Họp", "kind": "briefing", "taking": "read", "stand_in": "nobody"}
    hours = {"starts_at": local[0], "ends_at": local[1]}
    office = sign_in(world.clerk)
    answer = office.submit(f"/meetings/{world.meeting.id}/edit", **facts, **hours)
    assert answer.status_code == 422
    assert room.label in text(answer)
    assert fresh(installation, Meeting, id=world.meeting.id)[0].title != "Họp"
    freed = office.submit(f"/meetings/{world.meeting.id}/room/free")
    assert freed.status_code == 303
    assert fresh(installation, BridgePoint, id=point.id)[0].room_id is None


def test_points_are_those_of_the_meeting_alone(session, world, parts):
    point = factories.bridge_point(session, world.meeting)
    factories.bridge_point(session, world.planned_meeting)
    session.add(PointParticipant(participant_id=parts[0], point_id=point.id))
    session.flush()
    assert queries.points_of(session, world.meeting) == [point]
    assert queries.places_of_people(session, world.meeting) == {parts[0]: point.id}
    assert queries.places_of_people(session, world.planned_meeting) == {}
    assert queries.own_point(session, world.planned_meeting, by=world.delegate) is None
