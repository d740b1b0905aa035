"""The office follows who answered, reminds, and enters what it was told."""

from meetings.agenda.answers import queries, services
from meetings.models import InvitationAnswer, InvitationReminder, MeetingState
from tests import factories


def fresh(installation, kind):
    with installation.database.reading() as reading:
        return reading.query(kind).all()


def test_the_office_sees_who_answered_what_and_who_did_not(session, world, part, sign_in):
    services.answer(session, part, coming=False, reason="Đi công tác nước ngoài")
    elsewhere = factories.participant(session, world.planned_meeting, world.outsider.person)
    session.commit()
    client, at = sign_in(world.clerk), f"/meetings/{world.meeting.id}/answers"
    page = client.get(at).get_data(as_text=True)
    assert "Đi công tác nước ngoài" in page
    assert world.other_delegate.person.full_name in page
    assert elsewhere.person.full_name not in page
    absent = client.get(f"{at}?show=absent").get_data(as_text=True)
    assert world.other_delegate.person.full_name not in absent
    waiting = client.get(f"{at}?show=open").get_data(as_text=True)
    assert world.delegate.person.full_name not in waiting
    assert sign_in(world.delegate).get(at).status_code == 404


def test_the_list_is_taken_as_a_file(world, sign_in):
    client, at = sign_in(world.clerk), f"/meetings/{world.meeting.id}/answers/file"
    assert client.get(f"{at}?format=xlsx").get_data().startswith(b"PK")
    assert client.get(f"{at}?format=exe").status_code == 404
    assert sign_in(world.delegate).get(f"{at}?format=xlsx").status_code == 404


def test_who_was_reminded_sees_it_today_until_they_answer(
    session, installation, world, part, sign_in
):
    services.answer(session, part, coming=True)
    session.commit()
    at = f"/meetings/{world.meeting.id}/reminders"
    client = sign_in(world.clerk)
    assert client.submit(at).status_code == 303
    assert client.submit(at).status_code == 303
    [reminder] = fresh(installation, InvitationReminder)
    assert reminder.times == 2
    told = "Văn phòng đề nghị đồng chí trả lời giấy mời"
    other = sign_in(world.other_delegate)
    assert told in other.get("/").get_data(as_text=True)
    assert told not in sign_in(world.delegate).get("/").get_data(as_text=True)
    other.submit(f"/meetings/{world.meeting.id}/answer", coming="coming")
    assert told not in other.get("/").get_data(as_text=True)
    assert sign_in(world.delegate).submit(at).status_code == 404


def test_nobody_is_reminded_before_they_can_answer(installation, world, sign_in):
    sign_in(world.clerk).submit(f"/meetings/{world.planned_meeting.id}/reminders")
    assert fresh(installation, InvitationReminder) == []


def test_a_reminder_about_a_meeting_that_began_is_over(session, world, part):
    services.remind(session, world.meeting)
    assert queries.reminding(session, by=world.delegate) == [world.meeting]
    world.meeting.state = MeetingState.IN_SESSION
    assert queries.reminding(session, by=world.delegate) == []


def test_the_office_enters_what_it_was_told_by_telephone(
    session, installation, world, part, sign_in
):
    session.commit()
    client, at = sign_in(world.clerk), f"/participants/{part.id}/answer"
    assert client.submit(at, coming="absent").status_code == 422
    assert client.submit(at, coming="absent", reason="Ốm").status_code == 303
    [given] = fresh(installation, InvitationAnswer)
    assert (given.participant_id, given.coming, given.reason) == (part.id, False, "Ốm")
    assert "Ốm" in client.get(at).get_data(as_text=True)
    assert sign_in(world.delegate).get(at).status_code == 404
