"""Every occasion on which the office asks people something reaches them outside the system too."""

import pytest

from meetings import jobs
from meetings.agenda.answers.queries import part_of
from meetings.agenda.answers.services import answer
from meetings.agenda.consultations import services as consultations
from meetings.agenda.consultations.services import Terms
from meetings.doctor import services as doctor
from meetings.doctor.machine.services import Light
from meetings.messages.services import SEND, keep
from meetings.models import CountingBase, Message, MessageKind, MessageState, Silence, Way
from tests import factories
from tests.client import plain
from tests.meetings.messages.conftest import MAIL


@pytest.fixture
def invite(session, world, sign_in):
    """Return what invites a new person to a meeting as the clerk does, and who that is."""

    def run(meeting):
        person = factories.person(session, full_name="Lò Văn Mới")
        keep(session, person, mail=MAIL)
        at, identity = f"/meetings/{meeting.id}/participants", str(person.id)
        session.commit()
        answer = sign_in(world.clerk).submit(at, person=identity, role="voting_delegate")
        assert answer.status_code == 303
        return person.id

    return run


def test_who_is_invited_after_the_release_is_told_at_once(session, world, invite, send_all):
    meeting = world.meeting
    newcomer = invite(meeting)
    [message] = send_all()
    assert (message.person_id, message.kind) == (newcomer, MessageKind.INVITATION)
    assert message.state is MessageState.SENT


def test_who_is_chosen_among_many_after_the_release_is_told_too(session, world, sign_in, send_all):
    person = factories.person(session, full_name="Lò Văn Nhiều")
    keep(session, person, mail=MAIL)
    at, identity = f"/meetings/{world.meeting.id}/participants/choose?q=Nhieu", person.id
    session.commit()
    sent = {"people": str(identity), "role": "voting_delegate"}
    assert sign_in(world.clerk).submit(at, **sent).status_code == 303
    assert [one.person_id for one in send_all()] == [identity]


def test_who_comes_instead_is_told_once_the_office_agreed(session, world, sign_in, send_all):
    deputy = factories.person(session, full_name="Lò Thị Thay")
    keep(session, deputy, mail=MAIL)
    part = part_of(session, world.meeting, by=world.delegate.person_id)
    answer(session, part, coming=False, reason="Bận", substitute=deputy)
    at, sent = f"/meetings/{world.meeting.id}/substitutes", {"participant": str(part.id)}
    identity = deputy.id
    session.commit()
    sent |= {"decision": "agree", "role": "voting_delegate"}
    assert sign_in(world.clerk).submit(at, **sent).status_code == 303
    assert [one.person_id for one in send_all()] == [identity]


def test_who_is_invited_before_the_release_is_told_with_the_others(world, invite, send_all):
    invite(world.planned_meeting)
    assert send_all() == []


def test_who_owes_an_opinion_is_reminded_outside_too(
    session, world, sign_in, delegate_reached, send_all
):
    at, clerk = f"/meetings/{world.meeting.id}/consultation", sign_in(world.clerk)
    terms = Terms(
        world.meeting.starts_at, CountingBase.ASKED, Silence.UNCOUNTED, world.clerk.person_id
    )
    consultations.set_up(session, world.meeting, terms, {world.item.id: ["Tán thành?"]})
    session.commit()
    assert clerk.submit(f"{at}/reminders").status_code == 303
    assert {(one.kind, one.way) for one in send_all()} == {
        (MessageKind.REMINDER, way) for way in Way
    }
    page = plain(clerk.get(at))
    assert "1 người chưa có địa chỉ thư hoặc số di động" in page


def lights(installation):
    return [finding.light for finding in doctor.messages(installation)]


def test_the_doctor_is_green_until_a_message_was_given_up(session, installation, world):
    assert lights(installation) == [Light.GREEN]
    lost = Message(person_id=world.delegate.person_id, kind=MessageKind.NEWS, way=Way.MAIL)
    lost.state = MessageState.FAILED
    session.add(lost)
    session.commit()
    assert lights(installation) == [Light.AMBER]


def test_the_page_of_a_person_leads_an_administrator_to_where_they_are_reached(world, sign_in):
    at, person = f"/people/{world.delegate.person_id}", world.delegate.person_id
    link = f'href="/people/{person}/contact"'
    assert link in plain(sign_in(world.administrator).get(at))
    assert link not in plain(sign_in(world.clerk).get(at))


def test_a_job_whose_message_is_gone_is_done(session, installation, send_all):
    jobs.enqueue(session, SEND, {"message": "01a22274-3ac8-7717-9f8c-a223973bac00"}, key="gone")
    assert send_all() == []
