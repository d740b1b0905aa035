"""Sending at its edges: forged choices, empty notes, colleagues who leave, two who act at once."""

import json
from itertools import product

import pytest
from sqlalchemy import delete, select

from meetings.models import (
    AuditEntry,
    MeetingState,
    Note,
    NoteKind,
    Participant,
    Role,
    Sending,
    SentNote,
)
from meetings.reader.notes.sending import services
from tests import factories

NOBODY = "01900000-0000-7000-8000-000000000000"
WORDS, OTHERS = "Cần làm rõ số liệu nợ đọng", "Xin ý kiến về biểu 3"


@pytest.fixture
def note(session, world):
    """A note of the delegate at an item, beside a sending that is none of the delegate's."""
    note = factories.note(session, world.delegate, item_id=world.item.id, text=WORDS)
    factories.sending(session, world.meeting, world.other_delegate)
    session.commit()
    return note


@pytest.fixture
def sending(session, world):
    """What the delegate sent to a colleague, beside a sending between the two others."""
    copy = SentNote(kind=NoteKind.TEXT, text=WORDS, item_id=world.item.id)
    to = {"receiver_id": world.other_delegate.person_id, "notes": [copy]}
    sending = factories.sending(session, world.meeting, world.delegate, **to)
    factories.sending(session, world.meeting, world.other_delegate)
    session.commit()
    return sending


def to(world, person=None) -> str:
    return f"{world.meeting.id} {person.person_id}" if person else str(world.meeting.id)


def sent_count(session, world) -> int:
    query = select(Sending.id).where(Sending.sender_id == world.delegate.id)
    count = len(session.scalars(query).all())
    session.commit()
    return count


def leave(session, world, user) -> None:
    """Take a person off the list of participants, as the clerk does."""
    gone = (Participant.meeting_id == world.meeting.id, Participant.person_id == user.person_id)
    session.execute(delete(Participant).where(*gone))
    session.commit()


@pytest.mark.parametrize(
    "forged", ["", "nonsense", NOBODY, f"{NOBODY} {NOBODY}", "\x00", "' OR 1=1 --"]
)
def test_a_forged_receiver_is_refused_at_the_field_and_nothing_leaves(
    session, sign_in, world, note, forged: str
):
    client = sign_in(world.delegate)
    answer = client.submit(f"/notes/{note.id}/send", receivers=[to(world), forged])
    assert answer.status_code == 422
    assert "không còn trong danh sách" in answer.text.split("receivers-error", 1)[1]
    assert WORDS in answer.text
    assert sent_count(session, world) == 0


def test_a_receiver_of_another_meeting_is_refused(session, sign_in, world, note):
    apart = factories.meeting(session, world.office)
    factories.participant(session, apart, world.other_delegate.person)
    factories.participant(session, apart, world.delegate.person)
    session.commit()
    client = sign_in(world.delegate)
    forged = f"{apart.id} {world.other_delegate.person_id}"
    for receiver in (forged, str(apart.id)):
        answer = client.submit(f"/notes/{note.id}/send", receivers=[receiver])
        assert answer.status_code == 422
    assert apart.title not in client.get(f"/notes/{note.id}/send").text
    assert sent_count(session, world) == 0


def test_who_is_named_twice_gets_one_copy(session, sign_in, world, note):
    twice = [to(world, world.other_delegate)] * 2
    sign_in(world.delegate).submit(f"/notes/{note.id}/send", receivers=twice)
    assert sent_count(session, world) == 1


def test_without_a_receiver_it_is_said_in_vietnamese_and_in_english(sign_in, world, note):
    client, at = sign_in(world.delegate), f"/notes/{note.id}/send"
    for language, said in (("vi", "Gửi cho"), ("en", "To whom")):
        client.set_cookie("preferences", f"light.100.{language}")
        answer = client.submit(at)
        assert answer.status_code == 422
        assert said in answer.text
        assert WORDS in answer.text


def test_a_deleted_note_is_sent_to_nobody(session, sign_in, world, note):
    client, at = sign_in(world.delegate), f"/notes/{note.id}/send"
    assert client.get(at).status_code == 200
    client.submit(f"/notes/{note.id}/delete")
    assert client.get(at).status_code == 404
    assert client.submit(at, receivers=[to(world)]).status_code == 404
    assert sent_count(session, world) == 0


def test_a_colleague_who_left_meanwhile_is_refused_and_the_others_may_be_chosen(
    session, sign_in, world, note
):
    client, at = sign_in(world.delegate), f"/notes/{note.id}/send"
    receiver = to(world, world.other_delegate)
    assert receiver in client.get(at).text
    leave(session, world, world.other_delegate)
    answer = client.submit(at, receivers=[receiver])
    assert answer.status_code == 422
    assert receiver not in answer.text
    assert client.submit(at, receivers=[to(world)]).status_code == 303


@pytest.mark.parametrize("is_read", [False, True])
def test_who_left_the_meeting_reads_what_came_no_more(
    session, sign_in, world, sending, is_read: bool
):
    client, sender = sign_in(world.other_delegate), sign_in(world.delegate)
    at = f"/sendings/{sending.id}/open"
    if is_read:
        client.submit(at)
    leave(session, world, world.other_delegate)
    assert client.submit(at).status_code == 404
    for page in (client.get("/notes/received").text, client.get("/notes").text):
        assert WORDS not in page
        assert "chưa đọc" not in page
    assert world.other_delegate.person.full_name in sender.get("/notes/sent").text
    sender.submit(f"/sendings/{sending.id}/withdraw")
    assert ("Đã thu hồi" in sender.get("/notes/sent").text) is not is_read


def test_who_left_the_meeting_takes_back_but_sends_nothing_more(
    session, sign_in, world, note, sending
):
    leave(session, world, world.delegate)
    client = sign_in(world.delegate)
    page = client.get(f"/notes/{note.id}/send").text
    assert "Không có người nhận" in page
    answer = client.submit(f"/notes/{note.id}/send", receivers=[to(world)])
    assert answer.status_code == 422
    client.submit(f"/sendings/{sending.id}/withdraw")
    page = client.get("/notes/sent").text
    assert "Đã thu hồi" in page
    assert world.item.title not in page


def test_an_account_that_was_closed_is_offered_no_more(session, sign_in, world, note):
    session.merge(world.other_delegate).active = False
    session.commit()
    page = sign_in(world.delegate).get(f"/notes/{note.id}/send").text
    assert to(world, world.other_delegate) not in page
    assert f'value="{to(world)}"' in page


def test_a_meeting_that_is_planned_again_hides_what_was_sent_in_it(
    session, sign_in, world, note, sending
):
    client = sign_in(world.other_delegate)
    assert "1 chưa đọc" in client.get("/notes").text
    session.merge(world.meeting).state = MeetingState.PLANNED
    session.commit()
    assert "chưa đọc" not in client.get("/notes").text
    assert client.submit(f"/sendings/{sending.id}/open").status_code == 404
    page = sign_in(world.delegate).get(f"/notes/{note.id}/send").text
    assert "Không có người nhận" in page


@pytest.mark.parametrize("order", list(product("ow", repeat=3)))
def test_of_two_who_act_at_once_the_first_decides(session, world, sending, order):
    """Whoever opens or takes back first wins; the words are gone if and only if they went back."""
    receiver, sender = world.other_delegate, world.delegate
    row = session.get_one(Sending, sending.id)
    for deed in order:
        if deed == "o":
            services.open_(session, row, by=receiver)
        else:
            services.withdraw(session, row, by=sender)
    session.commit()
    session.refresh(row)
    assert (row.read_at is not None, row.withdrawn_at is not None) == (
        order[0] == "o",
        order[0] == "w",
    )
    assert [copy.text for copy in row.notes] == [WORDS if order[0] == "o" else ""]
    lines = select(AuditEntry.action).where(AuditEntry.subject_id == str(sending.id))
    expected = "note:open" if order[0] == "o" else "note:withdraw"
    assert session.scalars(lines).all() == [expected]


def test_two_clerks_of_an_office_open_it_once(session, sign_in, world, note):
    colleague = factories.user(session, (Role.CLERK, world.office))
    session.commit()
    sign_in(world.delegate).submit(f"/notes/{note.id}/send", receivers=[to(world)])
    query = select(Sending).where(Sending.sender_id == world.delegate.id)
    at = f"/sendings/{session.scalars(query).one().id}/open"
    session.commit()
    moments = []
    for clerk in (world.clerk, colleague):
        client = sign_in(clerk)
        assert client.submit(at).status_code == 303
        assert WORDS in client.get("/notes/received").text
        moments.append(session.scalars(query).one().read_at)
        session.commit()
    assert moments[0] == moments[1] is not None
    opened = select(AuditEntry.actor_id).where(AuditEntry.action == "note:open")
    assert session.scalars(opened).all() == [world.clerk.id]


def test_what_changes_afterwards_does_not_change_the_copy(session, sign_in, world, note):
    client = sign_in(world.delegate)
    client.submit(f"/notes/{note.id}/send", receivers=[to(world)])
    client.submit(f"/notes/{note.id}", text="Đã rõ, không hỏi nữa")
    client.submit(f"/notes/{note.id}/delete")
    page = client.get("/notes/sent").text
    assert WORDS in page
    assert "Đã rõ" not in page


def test_taking_a_copy_back_leaves_the_note_and_the_other_copies(session, sign_in, world, note):
    client = sign_in(world.delegate)
    receivers = [to(world), to(world, world.other_delegate)]
    client.submit(f"/notes/{note.id}/send", receivers=receivers)
    office = (Sending.sender_id == world.delegate.id, Sending.receiver_id.is_(None))
    sending = session.scalars(select(Sending.id).where(*office)).one()
    session.commit()
    client.submit(f"/sendings/{sending}/withdraw")
    assert client.get("/notes/sent").text.count(WORDS) == 1
    assert session.get_one(Note, note.id).text == WORDS
    session.commit()
    assert world.delegate.person.full_name not in sign_in(world.clerk).get("/notes/received").text
    received = sign_in(world.other_delegate).get("/notes/received").text
    assert world.delegate.person.full_name in received


def test_the_audit_holds_no_word_of_what_was_sent_opened_refused_and_taken_back(
    session, sign_in, world, note, sending
):
    client, receiver = sign_in(world.delegate), sign_in(world.other_delegate)
    client.submit(f"/notes/{note.id}/send", receivers=[to(world)])
    receiver.submit(f"/sendings/{sending.id}/open")
    client.submit(f"/sendings/{sending.id}/withdraw")
    sign_in(world.outsider).submit(f"/sendings/{sending.id}/open")
    entries = session.scalars(select(AuditEntry)).all()
    assert {"note:send", "note:open"} <= {entry.action for entry in entries}
    told = json.dumps([entry.detail for entry in entries], ensure_ascii=False, default=str)
    for secret in (WORDS, OTHERS, world.item.title):
        assert secret not in told
