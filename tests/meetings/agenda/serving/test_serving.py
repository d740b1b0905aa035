from datetime import timedelta

import pytest
from sqlalchemy import select

from meetings import clock
from meetings.agenda.serving import queries
from meetings.models import AuditEntry, Role, ServiceKind, ServiceRequest, ServiceState
from tests import factories


def text(answer):
    return answer.get_data(as_text=True)


def fresh(installation, **facts):
    with installation.database.reading() as reading:
        return reading.scalars(select(ServiceRequest).filter_by(**facts)).all()


def local(moment):
    return clock.local(moment).strftime("%Y-%m-%dT%H:%M")


@pytest.fixture
def at(world):
    return f"/meetings/{world.meeting.id}/services"


@pytest.fixture
def asked(world):
    due = local(world.meeting.starts_at)
    return {"kind": "water", "quantity": "20", "note": "Nước lọc", "due_at": due}


@pytest.fixture
def servant(session, world):
    """Who looks after a room in which the meeting is, and may not see the meeting."""
    room = factories.room(session, world.commune, name="Hội trường xã")
    factories.booking(session, room, world.meeting)
    user = factories.user(session, (Role.CLERK, world.commune))
    session.commit()
    return user


def test_what_is_asked_for_is_taken_and_done_by_those_who_serve_the_room(
    installation, world, servant, at, asked, sign_in
):
    office, serving = sign_in(world.clerk), sign_in(servant)
    assert "Chưa có yêu cầu phục vụ nào" in text(office.get(at))
    assert "Không có việc nào phải làm" in text(serving.get("/services"))
    assert office.submit(at, **asked).status_code == 303
    [request] = fresh(installation)
    assert (request.kind, request.quantity, request.state) == (
        ServiceKind.WATER,
        20,
        ServiceState.ASKED,
    )
    html = text(serving.get("/services"))
    assert "20 × Nước uống" in html
    assert "Hội trường xã" in html
    assert "Nước lọc" in html
    assert world.meeting.title not in html
    assert world.meeting.title in text(office.get("/services"))
    step = f"/services/{request.id}/step"
    assert serving.submit(step, state="taken").status_code == 303
    assert fresh(installation)[0].person_id == servant.person_id
    assert servant.person.display_name in text(office.get(at))
    serving.submit(step, state="done")
    assert fresh(installation)[0].state is ServiceState.DONE
    assert "20 × Nước uống" not in text(serving.get("/services"))
    assert "20 × Nước uống" in text(serving.get("/services?show=done"))
    with installation.database.reading() as reading:
        told = reading.scalars(select(AuditEntry).filter_by(action="service:do")).all()
    assert [line.subject_id for line in told] == [str(request.id)] * 2


def test_what_is_given_back_waits_for_somebody_else(session, installation, world, sign_in):
    taken = {"state": ServiceState.TAKEN, "person_id": world.delegate.person_id}
    request = factories.service(session, world.meeting, **taken)
    session.commit()
    client = sign_in(world.clerk)
    client.submit(f"/services/{request.id}/step", state="asked")
    [kept] = fresh(installation)
    assert (kept.state, kept.person_id) == (ServiceState.ASKED, None)
    client.submit(f"/services/{request.id}/step", state="done")
    assert fresh(installation)[0].person_id == world.clerk.person_id
    assert client.submit(f"/services/{request.id}/step", state="x").status_code == 422


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"quantity": "0"}, "từ 1 đến"),
        ({"quantity": "nhiều"}, "field-error"),
        ({"kind": "x"}, "không còn trong danh sách"),
        ({"kind": "other", "note": ""}, "ghi rõ cần gì"),
        ({"due_at": ""}, "Vui lòng điền"),
        ({"due_at": "2099-01-01T08:00"}, "cuộc họp đã kết thúc"),
    ],
)
def test_what_cannot_be_asked_for_is_told_at_the_field(
    installation, world, at, asked, sign_in, wrong, told
):
    answer = sign_in(world.clerk).submit(at, **asked | wrong)
    assert answer.status_code == 422
    assert told in text(answer)
    assert fresh(installation) == []


def test_nobody_else_asks_serves_or_removes(
    session, installation, world, servant, at, asked, sign_in
):
    request = factories.service(session, world.meeting)
    session.commit()
    for user in (world.delegate, world.outsider):
        client = sign_in(user)
        assert client.get(at).status_code == 404
        assert client.submit(at, **asked).status_code == 404
        assert client.get("/services").status_code == 403
        for way in ("step", "delete"):
            sent = {"state": "done"}
            assert client.submit(f"/services/{request.id}/{way}", **sent).status_code == 404
    assert sign_in(servant).submit(f"/services/{request.id}/delete").status_code == 404
    assert len(fresh(installation, state=ServiceState.ASKED)) == 1
    assert sign_in(world.clerk).submit(f"/services/{request.id}/delete").status_code == 303
    assert fresh(installation) == []


def test_the_list_is_of_rooms_that_one_serves_the_most_urgent_first(session, world, servant):
    soon = factories.service(session, world.meeting, due_at=clock.now())
    late = factories.service(session, world.meeting, due_at=clock.now() + timedelta(hours=1))
    factories.service(session, world.planned_meeting)
    done = factories.service(session, world.meeting, state=ServiceState.DONE)
    session.flush()
    found = queries.services_to_do(session, done=False, page=1, by=servant)
    assert [one.request for one in found.rows] == [soon, late]
    assert [one.title for one in found.rows] == ["", ""]
    assert [one.room.name for one in found.rows] == ["Hội trường xã"] * 2
    over = queries.services_to_do(session, done=True, page=1, by=servant)
    assert [one.request for one in over.rows] == [done]
    stranger = factories.user(session, (Role.CLERK, factories.body(session)))
    assert queries.services_to_do(session, done=False, page=1, by=stranger).total == 0


def test_a_long_list_comes_in_pages_and_what_is_late_is_marked(session, world, sign_in):
    for number in range(31):
        due = clock.now() + timedelta(minutes=number - 1)
        factories.service(session, world.meeting, due_at=due, note=f"số {number};")
    session.commit()
    client = sign_in(world.clerk)
    first, second = (text(client.get(f"/services?page={page}")) for page in (1, 2))
    assert ("số 29;" in first, "số 30;" in first) == (True, False)
    assert ("số 29;" in second, "số 30;" in second) == (False, True)
    assert first.count("chip-bad") == 2
    assert second.count("chip-bad") == 0
