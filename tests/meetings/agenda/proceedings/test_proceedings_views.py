from meetings.agenda.proceedings import services
from meetings.models import MeetingState
from tests.client import outline


def lead(client, meeting, **fields):
    return client.submit(f"/meetings/{meeting.id}/proceedings", **fields)


def state_of(session, meeting):
    session.refresh(meeting)
    state = meeting.state
    session.rollback()
    return state


def page_of(client, meeting):
    return client.get(f"/meetings/{meeting.id}").get_data(as_text=True)


def test_the_chair_opens_leads_and_closes_the_meeting(session, world, items, chair, sign_in):
    client = sign_in(chair)
    assert "Khai mạc hội nghị" in page_of(client, world.meeting)
    assert lead(client, world.meeting, act="open").status_code == 303
    lead(client, world.meeting, act="go", item=items[1].id)
    html = page_of(client, world.meeting)
    current = [li for li in outline(html).all("li") if li.get("aria-current") == "step"]
    assert [li.get("id") for li in current] == [f"item-{items[1].id}"]
    lead(client, world.meeting, act="close", seen=items[1].id)
    assert state_of(session, world.meeting) is MeetingState.CLOSED
    assert "Họp tiếp" in page_of(client, world.meeting)


def test_a_delegate_sees_where_the_meeting_is_and_leads_nothing(session, world, items, sign_in):
    services.open_meeting(session, world.meeting)
    services.go_to(session, items[1], seen=None)
    session.commit()
    client = sign_in(world.delegate)
    html = page_of(client, world.meeting)
    assert 'aria-current="step"' in html
    assert "Điều hành hội nghị" not in html
    assert lead(client, world.meeting, act="close", seen=items[1].id).status_code == 404
    assert state_of(session, world.meeting) is MeetingState.IN_SESSION


def test_two_who_lead_do_not_move_on_twice(session, world, items, chair, sign_in):
    services.open_meeting(session, world.meeting)
    services.go_to(session, items[0], seen=None)
    session.commit()
    client = sign_in(chair)
    assert lead(client, world.meeting, act="go", item=items[1].id, seen=items[0].id)
    late = lead(client, world.meeting, act="go", item=items[2].id, seen=items[0].id)
    html = client.get(late.location).get_data(as_text=True)
    assert "Đã có người chuyển nội dung" in html
    session.rollback()
    assert services.current_item(session, world.meeting).id == items[1].id


def test_a_forged_act_or_a_foreign_item_is_refused(session, world, items, chair, sign_in):
    client = sign_in(chair)
    lead(client, world.meeting, act="open")
    for fields in ({"act": "dance"}, {"act": "go"}, {"act": "go", "item": world.meeting.id}):
        assert lead(client, world.meeting, **fields).status_code == 422
    session.rollback()
    assert services.current_item(session, world.meeting) is None


def test_today_opens_on_the_item_to_which_the_meeting_has_come(session, world, items, sign_in):
    services.open_meeting(session, world.meeting)
    services.go_to(session, items[1], seen=None)
    session.commit()
    html = sign_in(world.delegate).get("/").get_data(as_text=True)
    assert "Đang diễn ra" in html or "Đang họp" in html
    assert f'data-live="/meetings/{world.meeting.id}/live"' in html


def test_a_meeting_that_was_closed_is_no_longer_the_first_of_today(session, world, sign_in):
    services.open_meeting(session, world.meeting)
    services.close_meeting(session, world.meeting, seen=None)
    session.commit()
    html = sign_in(world.delegate).get("/").get_data(as_text=True)
    assert f'data-live="/meetings/{world.meeting.id}/live"' not in html
