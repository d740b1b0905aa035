import pytest

from meetings.agenda.answers import queries, services
from meetings.models import MeetingState
from tests import factories


@pytest.fixture
def address(world):
    return f"/meetings/{world.meeting.id}/answer"


@pytest.fixture
def given(installation, world):
    """Return what the delegate has answered so far."""

    def look():
        with installation.database.reading() as reading:
            return queries.answer_of(reading, world.meeting, by=world.delegate)

    return look


def test_a_delegate_answers_with_two_taps_and_may_think_again(world, address, sign_in, given):
    client = sign_in(world.delegate)
    assert address in client.get("/").get_data(as_text=True)
    assert client.submit(address, coming="coming").status_code == 303
    assert given().coming
    html = client.get(address).get_data(as_text=True)
    assert "Đồng chí đã trả lời: dự họp" in html
    client.submit(address, coming="absent", reason="Đi công tác")
    assert not given().coming


def test_an_absence_needs_a_reason_and_keeps_what_was_chosen(world, address, sign_in, given):
    answer = sign_in(world.delegate).submit(address, coming="absent")
    assert answer.status_code == 422
    assert "Đề nghị cho biết lý do" in answer.get_data(as_text=True)
    assert given() is None


def test_nothing_chosen_is_told_at_the_field(world, address, sign_in):
    answer = sign_in(world.delegate).submit(address)
    assert answer.status_code == 422
    assert "Đề nghị chọn một trong hai" in answer.get_data(as_text=True)


def test_nobody_answers_for_somebody_else(world, address, sign_in):
    assert sign_in(world.outsider).get(address).status_code == 404
    assert sign_in(world.outsider).submit(address, coming="coming").status_code == 404
    assert sign_in(world.clerk).submit(address, coming="coming").status_code == 404


def test_no_answer_is_taken_once_the_meeting_has_opened(session, world, address, sign_in, given):
    world.meeting.state = MeetingState.IN_SESSION
    session.commit()
    client = sign_in(world.delegate)
    assert "không nhận trả lời nữa" in client.get(address).get_data(as_text=True)
    client.submit(address, coming="coming")
    assert given() is None


@pytest.mark.parametrize(
    ("decision", "comes", "told"),
    [("agree", True, "Văn phòng đã đồng ý"), ("refuse", False, "Văn phòng không đồng ý")],
)
def test_the_office_decides_about_a_substitute(
    installation, world, address, deputy, sign_in, given, decision, comes, told
):
    delegate = sign_in(world.delegate)
    delegate.submit(address, coming="absent", reason="Ốm", substitute=deputy.id)
    html = delegate.get(address).get_data(as_text=True)
    assert "Văn phòng chưa quyết định" in html
    assert f'<option selected value="{deputy.id}">' in html, "sending again keeps who was proposed"
    part = given().participant_id
    office = sign_in(world.clerk)
    prepare = f"/meetings/{world.meeting.id}/prepare"
    assert "Lò Thị Dự Thay" in office.get(prepare).get_data(as_text=True)
    fields = {"participant": part, "decision": decision, "role": "voting_delegate"}
    decided = office.submit(f"/meetings/{world.meeting.id}/substitutes", **fields)
    assert decided.status_code == 303
    assert office.get(prepare).status_code == 200
    with installation.database.reading() as reading:
        assert (queries.part_of(reading, world.meeting, by=deputy.id) is not None) is comes
    assert told in delegate.get(address).get_data(as_text=True)


def test_an_answer_of_another_meeting_is_not_decided_here(session, world, deputy, sign_in):
    elsewhere = factories.participant(session, world.planned_meeting, world.outsider.person)
    services.answer(session, elsewhere, coming=False, reason="Bận", substitute=deputy)
    session.commit()
    fields = {"participant": elsewhere.id, "decision": "agree", "role": "voting_delegate"}
    office = sign_in(world.clerk)
    assert office.submit(f"/meetings/{world.meeting.id}/substitutes", **fields).status_code == 422
