"""The office sees what was sent; people keep where and of what they are told."""

import pytest
from sqlalchemy import select

from meetings.messages.queries import contact_of
from meetings.messages.services import KEEP
from meetings.models import AuditEntry, Message, MessageKind, MessageState
from tests.client import plain
from tests.meetings.messages.conftest import MAIL, MOBILE


def test_a_release_tells_the_invited_once_and_the_office_whom_to_call(
    session, world, sign_in, delegate_reached, send_all
):
    client, at = sign_in(world.clerk), f"/meetings/{world.planned_meeting.id}"
    client.submit(f"{at}/release")
    page = plain(client.get(f"{at}/prepare"))
    assert "Đã báo cho 1 người qua thư điện tử hoặc tin nhắn." in page
    assert "1 người chưa có địa chỉ thư hoặc số di động" in page
    client.submit(f"{at}/release")
    sent = send_all()
    assert {one.kind for one in sent} == {MessageKind.INVITATION}
    assert len(sent) == 2
    answers = plain(client.get(f"{at}/answers"))
    assert answers.count("đã gửi") == 2
    assert MAIL not in answers


def test_a_reminder_goes_out_to_those_who_have_not_answered(
    session, world, sign_in, delegate_reached, send_all
):
    at, clerk, delegate = (
        f"/meetings/{world.meeting.id}",
        *map(sign_in, (world.clerk, world.delegate)),
    )
    clerk.submit(f"{at}/reminders")
    assert {one.kind for one in send_all()} == {MessageKind.REMINDER}
    session.rollback()
    delegate.submit(f"{at}/answer", coming="coming")
    clerk.submit(f"{at}/reminders")
    assert len(send_all()) == 2


def test_a_person_keeps_how_they_are_told(installation, world, sign_in):
    client, at = sign_in(world.delegate), "/account/messages"
    assert "Báo cho tôi" in plain(client.get("/"))
    typed = {"mail": MAIL, "mobile": "0912 345 678", "by_mail": "y", "digest": "y"}
    assert client.submit(at, **typed).status_code == 303
    with installation.database.reading() as session:
        kept = contact_of(session, world.delegate.person_id)
        assert (kept.mail, kept.mobile, kept.digest) == (MAIL, MOBILE, True)
        assert (kept.by_mail, kept.by_sms) == (True, False)
        assert contact_of(session, world.other_delegate.person_id) is None
        deed = session.scalars(select(AuditEntry).where(AuditEntry.action == KEEP)).one()
        assert deed.actor_id == world.delegate.id
        assert deed.subject_id == str(world.delegate.person_id)
        assert MAIL not in str(deed.detail)
    assert MOBILE in plain(client.get(at))


@pytest.mark.parametrize(
    ("wrong", "told"),
    [({"mail": "lan@"}, "Vui lòng nhập địa chỉ"), ({"mobile": "113"}, "Vui lòng nhập số di động")],
)
def test_what_is_no_address_is_told_at_the_field(installation, world, sign_in, wrong, told):
    answer = sign_in(world.delegate).submit("/account/messages", **wrong)
    assert answer.status_code == 422
    assert told in plain(answer)
    with installation.database.reading() as session:
        assert contact_of(session, world.delegate.person_id) is None


def test_an_administrator_keeps_where_others_are_reached_and_nobody_else(
    installation, world, sign_in
):
    at = f"/people/{world.delegate.person_id}/contact"
    for stranger in (world.clerk, world.other_delegate, world.delegate):
        assert sign_in(stranger).get(at).status_code == 404
        assert sign_in(stranger).submit(at, mail=MAIL).status_code == 404
    assert sign_in(world.administrator).submit(at, mail=MAIL, by_mail="y").status_code == 303
    with installation.database.reading() as session:
        assert contact_of(session, world.delegate.person_id).mail == MAIL


def test_what_was_given_up_is_shown_to_the_office(session, world, sign_in, delegate_reached):
    message = Message(
        person_id=world.delegate.person_id,
        meeting_id=world.meeting.id,
        kind=MessageKind.INVITATION,
        way="mail",
        state=MessageState.FAILED,
    )
    session.add(message)
    session.commit()
    page = plain(sign_in(world.clerk).get(f"/meetings/{world.meeting.id}/answers"))
    assert "Thư điện tử: không gửi được" in " ".join(page.split())
