"""Sending a copy of a note: to whom, what they see, taking it back, and nobody else."""

from uuid import UUID

import pytest
from sqlalchemy import select

from meetings.models import AccessLevel, AuditEntry, Decision, NoteKind, Role, Sending, SentNote
from tests import factories

QUOTE, WORDS, TITLE = "giải ngân 93 %", "Cần làm rõ số liệu", "Báo cáo tình hình quý III"


@pytest.fixture
def document(session, world):
    document = factories.document(session, world.office, title=TITLE)
    factories.paper(session, world.item, document)
    return document


@pytest.fixture
def note(session, world, document):
    """A highlight of the delegate on a released paper, beside what others have to do with."""
    note = factories.note(
        session,
        world.delegate,
        document_id=document.id,
        kind=NoteKind.HIGHLIGHT,
        page=3,
        quote=QUOTE,
        text=WORDS,
    )
    factories.sending(
        session, world.meeting, world.other_delegate, receiver_id=world.delegate.person_id
    )
    session.commit()
    return note


def to(world, person=None) -> str:
    return f"{world.meeting.id} {person.person_id}" if person else str(world.meeting.id)


def send(sign_in, world, note, *receivers: str):
    return sign_in(world.delegate).submit(f"/notes/{note.id}/send", receivers=list(receivers))


def ids(session, world) -> list[UUID]:
    """Return what the delegate sent, and let go of the database."""
    sent = session.scalars(select(Sending.id).where(Sending.sender_id == world.delegate.id)).all()
    session.commit()
    return list(sent)


def words_kept(session) -> list[tuple[str, int]]:
    copies = session.scalars(select(SentNote).where(SentNote.text == WORDS))
    found = [(copy.quote, copy.page) for copy in copies]
    session.commit()
    return found


def deeds(session) -> list[tuple[str, dict]]:
    done = (AuditEntry.subject_type == "Sending", AuditEntry.decision == Decision.ALLOWED)
    lines = session.scalars(select(AuditEntry).where(*done).order_by(AuditEntry.seq))
    found = [(line.action, line.detail) for line in lines]
    session.commit()
    return found


def test_the_form_offers_the_office_and_the_colleagues_with_an_account_and_nobody_else(
    session, sign_in, world, note
):
    without_account = factories.person(session)
    factories.participant(session, world.meeting, without_account)
    session.commit()
    page = sign_in(world.delegate).get(f"/notes/{note.id}/send").text
    assert "Chỉ mình đồng chí thấy ghi chú" in page
    assert f'value="{to(world)}"' in page
    assert f'value="{to(world, world.other_delegate)}"' in page
    for stranger in (world.delegate, world.outsider, world.clerk):
        assert str(stranger.person_id) not in page
    assert str(without_account.id) not in page


def test_a_copy_reaches_its_receivers_and_the_note_stays(session, sign_in, world, note):
    assert send(sign_in, world, note).status_code == 422
    assert send(sign_in, world, note, to(world, world.outsider)).status_code == 422
    answer = send(sign_in, world, note, to(world), to(world, world.other_delegate))
    assert answer.status_code == 303
    for receiver in (world.clerk, world.other_delegate):
        client = sign_in(receiver)
        assert "1 chưa đọc" in client.get("/notes").text
        page = client.get("/notes/received").text
        assert world.delegate.person.full_name in page
        assert TITLE in page
        assert WORDS not in page, "it is not read before it is opened"
        assert "Xin ý kiến về biểu 3" not in page, "what was sent to somebody else"
    assert words_kept(session) == [(QUOTE, 3)] * 2
    sent = {"meeting": str(world.meeting.id), "notes": 1}
    assert deeds(session) == [
        ("note:send", sent | {"to": "office"}),
        ("note:send", sent | {"to": str(world.other_delegate.person_id)}),
    ]


def test_who_opens_it_reads_the_words_and_goes_to_the_page_with_one_tap(
    session, sign_in, world, document, note
):
    send(sign_in, world, note, to(world, world.other_delegate))
    [sending] = ids(session, world)
    client = sign_in(world.other_delegate)
    for _ in range(2):
        assert client.submit(f"/sendings/{sending}/open").status_code == 303
    page = client.get("/notes/received").text
    for words in (WORDS, QUOTE, f"/documents/{document.id}?page=3"):
        assert words in page
    assert "chưa đọc" not in client.get("/notes").text
    assert "Đã đọc lúc" in sign_in(world.delegate).get("/notes/sent").text
    assert [action for action, _ in deeds(session)] == ["note:send", "note:open"]


def test_a_copy_is_taken_back_until_it_is_read(session, sign_in, world, note):
    send(sign_in, world, note, to(world, world.other_delegate))
    [sending], client = ids(session, world), sign_in(world.delegate)
    assert WORDS in client.get("/notes/sent").text
    for _ in range(2):
        assert client.submit(f"/sendings/{sending}/withdraw").status_code == 303
    page = client.get("/notes/sent").text
    assert "Đã thu hồi" in page
    assert WORDS not in page
    assert words_kept(session) == []
    receiver = sign_in(world.other_delegate)
    assert world.delegate.person.full_name not in receiver.get("/notes/received").text
    assert receiver.submit(f"/sendings/{sending}/open").status_code == 404
    assert [action for action, _ in deeds(session)] == ["note:send", "note:withdraw"]


def test_what_was_read_stays_with_its_receiver(session, sign_in, world, note):
    send(sign_in, world, note, to(world))
    [sending] = ids(session, world)
    office, client = sign_in(world.clerk), sign_in(world.delegate)
    office.submit(f"/sendings/{sending}/open")
    client.submit(f"/sendings/{sending}/withdraw")
    assert "không thu hồi được" in client.get("/notes/sent").text
    assert WORDS in office.get("/notes/received").text


@pytest.mark.parametrize("receiver", ["other_delegate", "clerk"])
def test_a_recalled_paper_takes_quotation_and_page_out_of_the_copies(
    session, sign_in, world, document, note, receiver: str
):
    send(sign_in, world, note, to(world), to(world, world.other_delegate))
    client = sign_in(getattr(world, receiver))
    for sending in ids(session, world):
        client.submit(f"/sendings/{sending}/open")
    session.query(factories.AgendaPaper).update({"recalled_at": factories.clock.now()})
    session.commit()
    sender = sign_in(world.delegate)
    for page in (client.get("/notes/received").text, sender.get("/notes/sent").text):
        assert WORDS in page
        for gone in (QUOTE, TITLE, str(document.id), "Trang 3"):
            assert gone not in page
    assert "không hiện đoạn trích" in client.get("/notes/received").text
    assert "Không có người nhận" in sender.get(f"/notes/{note.id}/send").text


def test_a_colleague_who_may_not_read_the_paper_gets_the_words_alone(
    session, sign_in, world, document, note
):
    session.merge(document).access_level = AccessLevel.INTERNAL
    session.merge(world.other_delegate).clearance = AccessLevel.NORMAL
    session.commit()
    send(sign_in, world, note, to(world, world.other_delegate))
    [sending] = ids(session, world)
    client = sign_in(world.other_delegate)
    assert TITLE not in client.get("/notes/received").text
    client.submit(f"/sendings/{sending}/open")
    page = client.get("/notes/received").text
    assert WORDS in page
    assert QUOTE not in page
    assert f"/documents/{document.id}" not in page


@pytest.mark.parametrize(
    "who", ["delegate", "outsider", "researcher", "administrator", "another_clerk"]
)
def test_nobody_else_opens_or_takes_back_what_was_sent(session, sign_in, world, who: str):
    commune = (Role.CLERK, world.commune)
    stranger = getattr(world, who, None) or factories.user(session, commune)
    sent = [
        factories.sending(session, world.meeting, world.other_delegate, receiver_id=receiver).id
        for receiver in (None, world.other_delegate.person_id)
    ]
    session.commit()
    client = sign_in(stranger)
    for sending in sent:
        assert client.submit(f"/sendings/{sending}/open").status_code == 404
        assert client.submit(f"/sendings/{sending}/withdraw").status_code == 404
    assert "Xin ý kiến về biểu 3" not in client.get("/notes/received").text
    assert client.get("/notes/sent").text.count("Xin ý kiến về biểu 3") == 0


def test_nobody_sends_a_note_of_somebody_else(sign_in, world, note):
    client = sign_in(world.other_delegate)
    assert client.get(f"/notes/{note.id}/send").status_code == 404
    answer = client.submit(f"/notes/{note.id}/send", receivers=[to(world)])
    assert answer.status_code == 404


def test_a_note_at_an_item_is_sent_with_its_item(session, sign_in, world):
    note = factories.note(session, world.delegate, item_id=world.item.id, text="Hỏi kinh phí")
    session.commit()
    send(sign_in, world, note, to(world))
    page = sign_in(world.clerk).get("/notes/received").text
    assert world.item.title in page
    page = sign_in(world.delegate).get("/notes/sent").text
    assert "Hỏi kinh phí" in page


def test_a_tablet_leads_to_its_note_or_to_those_of_the_page(
    session, sign_in, world, document, note
):
    stroke = {"kind": NoteKind.INK, "text": "", "shape": {"lines": [[100, 100, 50, 20]]}}
    factories.note(session, world.delegate, document_id=document.id, page=2, **stroke)
    session.commit()
    client, at = sign_in(world.delegate), f"/documents/{document.id}/notes/send"
    assert client.get(f"{at}?page=3&mark={note.mark}").location == f"/notes/{note.id}/send"
    page = client.get(f"{at}?page=3&mark=nonsense").text
    assert QUOTE in page
    assert f"/notes/{note.id}/send" in page
    drawn = client.get(f"{at}?page=2").text
    assert "note-sketch" in drawn
    assert QUOTE not in drawn
    other = sign_in(world.other_delegate).get(f"{at}?page=3").text
    assert QUOTE not in other
