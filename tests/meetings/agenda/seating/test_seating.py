from datetime import timedelta

import pytest
from sqlalchemy import select

from meetings.agenda.places.services import book
from meetings.agenda.seating import queries, services
from meetings.agenda.seating.queries import Place, Plan, resized
from meetings.models import (
    AuditEntry,
    Participant,
    ParticipantRole,
    PointParticipant,
    Role,
    Room,
    Seat,
)
from tests import factories

HALL = ["xxx", "xx.xx", "xx.xx"]


def text(answer):
    return answer.get_data(as_text=True)


def fresh(installation, kind, **facts):
    with installation.database.reading() as reading:
        return reading.scalars(select(kind).filter_by(**facts)).all()


def names(plan, places):
    return [plan.name(place) for place in places]


@pytest.fixture
def room(session, world):
    row = factories.room(session, world.office, plan=HALL)
    factories.booking(session, row, world.meeting)
    session.commit()
    return row


@pytest.fixture
def at(world):
    return f"/meetings/{world.meeting.id}/seats"


@pytest.fixture
def seated(session, world, room):
    """The first delegate on A1, the second on B1."""
    rows = session.scalars(select(Participant).filter_by(meeting_id=world.meeting.id))
    parts = {row.person_id: row.id for row in rows}
    places = {Place(1, 0): parts[world.delegate.person_id]}
    places[Place(2, 0)] = parts[world.other_delegate.person_id]
    services.seat(session, world.meeting, places)
    session.commit()
    return list(places.values())


def sitting(installation, world):
    with installation.database.reading() as reading:
        plan = Plan.of(reading.scalars(select(Room)).one())
        found = queries.seats_of(reading, world.meeting)
        return {plan.name(place): part.id for place, part in found.items()}


def test_seats_are_counted_from_the_left_without_the_aisles():
    plan = Plan(2, ("xx.xx", ".x.x."))
    assert names(plan, plan.places) == ["1", "2", "A1", "A2", "A3", "A4", "B1", "B2"]
    assert plan.columns == 5
    assert Plan.of(Room(plan=plan.kept)) == plan
    assert Plan.of(Room(plan=[])).places == []


def test_protocol_fills_each_row_from_its_middle_the_front_first():
    plan = Plan(5, ("xxxxx", "xx.xx"))
    assert names(plan, plan.podium_in_order()) == ["3", "2", "4", "1", "5"]
    front = ["A3", "A2", "A4", "A1", "A5"]
    assert names(plan, plan.in_order()) == [*front, "B2", "B3", "B1", "B4"]


@pytest.mark.parametrize(
    ("size", "kept"),
    [
        ((1, 1, 2), ["x", "x."]),
        ((0, 2, 4), ["", "x.xx", "xxxx"]),
        ((3, 1, 3), ["xxx", "x.x"]),
    ],
)
def test_a_plan_of_another_size_keeps_what_was_drawn(size, kept):
    assert resized(Plan(2, ("x.x",)), *size).kept == kept


def test_who_leads_sits_at_the_podium_and_those_without_a_seat_stand(session, world, room):
    for number in range(10):
        factories.participant(session, world.meeting, factories.person(session, protocol_rank=9))
        if number < 2:
            chair = factories.person(session, protocol_rank=number)
            factories.participant(session, world.meeting, chair, role=ParticipantRole.CHAIR)
    people, plan = queries.people_to_seat(session, world.meeting), Plan.of(room)
    taken = queries.by_protocol(plan, people, {})
    assert len(people) == 14
    at_podium = [part.id for part in people if part.role is ParticipantRole.CHAIR]
    assert [taken[Place(0, 1)], taken[Place(0, 0)]] == at_podium
    assert len(taken) == 2 + 8, "the third chair at the podium stays empty"
    again = queries.by_protocol(plan, people, {Place(0, 2): people[5].id})
    assert again[Place(0, 2)] == people[5].id, "who sits already stays"
    assert len(set(again.values())) == len(again)


def test_the_office_draws_a_plan_with_boxes_and_nothing_else(installation, world, room, sign_in):
    client, drawing = sign_in(world.clerk), f"/rooms/{room.id}/plan"
    html = text(client.get(drawing))
    assert html.count('type="checkbox"') == 10
    assert 'value="1-2"' in html
    size = {"podium": "1", "rows": "2", "columns": "3", "drawn": "2-5"}
    marks = ["1-0", "1-2", "2-1", "9-9", "x"]
    shown = client.submit(drawing, **size, seat=marks, wish="show")
    assert shown.status_code == 200
    assert text(shown).count('type="checkbox"') == 6
    assert fresh(installation, Room)[0].plan == HALL, "only shown"
    assert client.submit(drawing, **size, seat=marks).status_code == 303
    assert fresh(installation, Room)[0].plan == ["x", "x.x", ".x."]
    wider = size | {"columns": "4", "rows": "3", "drawn": "2-3"}
    client.submit(drawing, **wider, seat=marks)
    assert fresh(installation, Room)[0].plan == ["x", "x.xx", ".x.x", "xxxx"]
    assert len(fresh(installation, AuditEntry, action="room:keep", decision="allowed")) == 3


@pytest.mark.parametrize(
    "wrong",
    [{"rows": "27"}, {"columns": "31"}, {"podium": "16"}, {"rows": "0"}, {"columns": "x"}],
)
def test_a_plan_that_is_too_large_or_none_is_told_at_the_field(
    installation, world, room, sign_in, wrong
):
    size = {"podium": "1", "rows": "2", "columns": "3", "drawn": "2-5"}
    answer = sign_in(world.clerk).submit(f"/rooms/{room.id}/plan", **size | wrong)
    assert answer.status_code == 422
    assert "field-error" in text(answer)
    assert fresh(installation, Room)[0].plan == HALL


def test_the_first_plan_of_a_room_is_offered_whole(session, world, sign_in):
    bare = factories.room(session, world.office)
    session.commit()
    html = text(sign_in(world.clerk).get(f"/rooms/{bare.id}/plan"))
    assert html.count("checked") == 5 * 8


def test_everybody_is_seated_and_finds_their_own_seat(
    installation, session, world, room, at, sign_in
):
    office = sign_in(world.clerk)
    assert "2 đại biểu chưa có chỗ ngồi" in text(office.get(at))
    assert office.submit(f"{at}/fill", whom="all").status_code == 303
    assert set(sitting(installation, world)) == {"A2", "A3"}
    assert "chưa có chỗ ngồi" not in text(office.get(at))
    own = [
        text(sign_in(user).get(page))
        for user in (world.delegate, world.other_delegate)
        for page in ("/", f"/meetings/{world.meeting.id}")
    ]
    assert [("đồng chí: A2" in html, "đồng chí: A3" in html) for html in own] == [
        *[(True, False)] * 2,
        *[(False, True)] * 2,
    ]
    assert "Chỗ ngồi của đồng chí" not in text(office.get(f"/meetings/{world.meeting.id}"))


def test_two_taps_let_two_people_change_places(installation, world, at, seated, sign_in):
    client = sign_in(world.clerk)
    first = text(client.get(at))
    assert f"{at}?first=1-0" in first
    second = text(client.get(f"{at}?first=1-0"))
    assert 'name="second"' in second
    assert "muốn đổi với ghế A1" in second
    assert client.submit(f"{at}/swap", first="1-0", second="2-0").status_code == 303
    assert sitting(installation, world) == {"A1": seated[1], "B1": seated[0]}
    client.submit(f"{at}/swap", first="1-0", second="0-2")
    assert sitting(installation, world) == {"3": seated[1], "B1": seated[0]}, "to an empty seat"
    client.submit(f"{at}/swap", first="1-1", second="2-1")
    client.submit(f"{at}/swap", first="0-2", second="0-2")
    assert sitting(installation, world) == {"3": seated[1], "B1": seated[0]}


@pytest.mark.parametrize(("first", "second"), [("1-2", "1-0"), ("1-0", "9-9"), ("", "1-0")])
def test_nobody_sits_in_an_aisle_or_outside(
    installation, world, at, seated, sign_in, first, second
):
    answer = sign_in(world.clerk).submit(f"{at}/swap", first=first, second=second)
    assert answer.status_code == 422
    assert set(sitting(installation, world)) == {"A1", "B1"}


def test_who_comes_later_is_seated_without_moving_the_others(
    installation, session, world, at, seated, sign_in
):
    late = factories.participant(session, world.meeting, factories.person(session))
    session.commit()
    sign_in(world.clerk).submit(f"{at}/fill", whom="rest")
    placed = sitting(installation, world)
    assert (placed["A1"], placed["B1"], placed["A2"]) == (*seated, late.id)


def test_a_seat_that_the_plan_lost_is_nobodys(session, world, room, at, seated, sign_in):
    room.plan = ["", ".xxx"]
    session.commit()
    assert "2 đại biểu chưa có chỗ ngồi" in text(sign_in(world.clerk).get(at))
    assert "Chỗ ngồi của" not in text(sign_in(world.delegate).get("/"))


def test_a_plan_drawn_anew_reaches_the_page_that_a_tablet_has_kept(
    installation, world, room, seated, sign_in
):
    delegate, page = sign_in(world.delegate), f"/meetings/{world.meeting.id}"
    answer = delegate.get(page)
    assert "đồng chí: A1" in text(answer)
    kept = {"If-None-Match": answer.headers["ETag"]}
    assert delegate.get(page, headers=kept).status_code == 304
    size = {"podium": "0", "rows": "2", "columns": "3", "drawn": "2-3"}
    sign_in(world.clerk).submit(f"/rooms/{room.id}/plan", **size, seat=["1-1", "2-0"])
    assert "đồng chí: A1" not in text(delegate.get(page, headers=kept))


def test_another_room_and_a_bridge_point_end_a_seat(
    installation, session, world, room, seated, sign_in
):
    client = sign_in(world.clerk)
    points = f"/meetings/{world.meeting.id}/points/new"
    assert client.submit(points, name="Điểm cầu xã", people=[seated[0]]).status_code == 303
    assert set(sitting(installation, world)) == {"B1"}
    assert [one.participant_id for one in fresh(installation, PointParticipant)] == [seated[0]]
    assert client.submit(f"/meetings/{world.meeting.id}/room/free").status_code == 303
    assert fresh(installation, Seat) == []


def test_a_meeting_in_another_room_seats_people_anew(session, world, room, seated):
    other = factories.room(session, world.office, plan=HALL)
    minutes = timedelta(minutes=15)
    book(session, world.meeting, room, clearing=minutes, by=world.clerk)
    assert len(queries.seats_of(session, world.meeting)) == 2
    book(session, world.meeting, other, clearing=minutes, by=world.clerk)
    assert queries.seats_of(session, world.meeting) == {}


def test_without_a_room_or_a_plan_the_page_says_what_to_do(session, world, at, sign_in):
    client = sign_in(world.clerk)
    assert "chưa đặt phòng" in text(client.get(at))
    assert client.submit(f"{at}/fill", whom="all").status_code == 422
    assert client.submit(f"{at}/swap", first="1-0", second="1-1").status_code == 422
    bare = factories.room(session, world.office)
    factories.booking(session, bare, world.meeting)
    session.commit()
    html = text(client.get(at))
    assert "chưa có sơ đồ chỗ ngồi" in html
    assert f"/rooms/{bare.id}/plan" in html


def test_nobody_else_draws_or_seats(session, installation, world, room, at, seated, sign_in):
    strange = factories.user(session, (Role.CLERK, world.commune))
    session.commit()
    for user in (world.delegate, world.outsider, strange):
        client = sign_in(user)
        assert client.get(at).status_code == 404
        assert client.submit(f"{at}/fill", whom="all").status_code == 404
        assert client.submit(f"{at}/swap", first="1-0", second="2-0").status_code == 404
        assert client.get(f"/rooms/{room.id}/plan").status_code == 404
    assert sitting(installation, world) == {"A1": seated[0], "B1": seated[1]}
