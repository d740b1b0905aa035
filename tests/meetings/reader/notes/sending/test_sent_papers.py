"""Copies of notes on papers: what each side sees while papers come, go and change hands."""

import pytest
from sqlalchemy import select

from meetings import clock
from meetings.models import AgendaPaper, NoteKind, Sending
from tests import factories

TITLE = "Tờ trình về chủ trương đầu tư tuyến đường bộ ven biển đoạn qua địa bàn tỉnh " * 4
QUOTE, WORDS, OTHERS = "tổng mức 8.120 tỷ đồng", "Nguồn vốn nào?", "Xin ý kiến về biểu 3"


@pytest.fixture
def document(session, world):
    """A released paper with a very long title."""
    document = factories.document(session, world.office, title=TITLE.strip()[:300])
    factories.paper(session, world.item, document)
    return document


@pytest.fixture
def note(session, world, document):
    """A highlight with words, beside what the other delegate sent to the office."""
    marked = {"kind": NoteKind.HIGHLIGHT, "page": 5, "quote": QUOTE, "text": WORDS}
    note = factories.note(session, world.delegate, document_id=document.id, **marked)
    factories.sending(session, world.meeting, world.other_delegate)
    session.commit()
    return note


def to(world, person=None) -> str:
    return f"{world.meeting.id} {person.person_id}" if person else str(world.meeting.id)


def send(session, sign_in, world, note, receiver: str):
    """Send the note; return the address of what was sent."""
    answer = sign_in(world.delegate).submit(f"/notes/{note.id}/send", receivers=[receiver])
    assert answer.status_code == 303
    newest = select(Sending.id).where(Sending.sender_id == world.delegate.id)
    sending = session.scalars(newest.order_by(Sending.id.desc())).first()
    session.commit()
    return f"/sendings/{sending}"


def recall(session, document, **change) -> None:
    paper = session.query(AgendaPaper).filter_by(document_id=document.id)
    paper.update(change or {"recalled_at": clock.now()})
    session.commit()


def test_the_page_that_sends_shows_the_whole_title_the_page_and_the_words(
    sign_in, world, document, note
):
    page = sign_in(world.delegate).get(f"/notes/{note.id}/send").text
    for words in (document.title, "Trang 5", QUOTE, WORDS):
        assert words in page
    assert f"/documents/{document.id}?page=5" in page
    assert OTHERS not in page


def test_recalled_before_it_is_opened_an_unread_copy_names_no_paper(
    session, sign_in, world, document, note
):
    sending = send(session, sign_in, world, note, to(world, world.other_delegate))
    receiver = sign_in(world.other_delegate)
    assert document.title in receiver.get("/notes/received").text
    recall(session, document)
    page = receiver.get("/notes/received").text
    assert "không hiện đoạn trích" in page
    assert receiver.submit(f"{sending}/open").status_code == 303
    opened = receiver.get("/notes/received").text
    assert WORDS in opened
    for shown in (page, opened):
        for gone in (document.title[:40], QUOTE, "Trang 5", str(document.id)):
            assert gone not in shown


def test_a_copy_is_taken_back_also_when_its_paper_was_recalled(
    session, sign_in, world, document, note
):
    sending = send(session, sign_in, world, note, to(world))
    recall(session, document)
    client = sign_in(world.delegate)
    client.submit(f"{sending}/withdraw")
    page = client.get("/notes/sent").text
    assert "Đã thu hồi" in page
    assert WORDS not in page
    office = sign_in(world.clerk).get("/notes/received").text
    assert world.delegate.person.full_name not in office


def test_a_paper_laid_out_again_shows_the_quotation_again(session, sign_in, world, document, note):
    sending = send(session, sign_in, world, note, to(world, world.other_delegate))
    recall(session, document)
    receiver = sign_in(world.other_delegate)
    receiver.submit(f"{sending}/open")
    assert QUOTE not in receiver.get("/notes/received").text
    recall(session, document, recalled_at=None)
    assert QUOTE in receiver.get("/notes/received").text


def test_a_paper_that_lies_only_before_another_meeting_is_not_quoted_in_this_one(
    session, sign_in, world, document, note
):
    """Recalled from the meeting in which the note went, though both may read it elsewhere."""
    sending = send(session, sign_in, world, note, to(world, world.other_delegate))
    recall(session, document)
    apart = factories.meeting(session, world.office)
    for delegate in (world.delegate, world.other_delegate):
        factories.participant(session, apart, delegate.person)
    factories.paper(session, factories.item(session, apart), document)
    session.commit()
    receiver = sign_in(world.other_delegate)
    receiver.submit(f"{sending}/open")
    page = receiver.get("/notes/received").text
    assert WORDS in page
    assert QUOTE not in page
    form = sign_in(world.delegate).get(f"/notes/{note.id}/send").text
    assert f'value="{apart.id}"' in form
    assert f'value="{to(world)}"' not in form


def test_two_meetings_with_the_paper_are_told_apart_by_their_titles(
    session, sign_in, world, document, note
):
    apart = factories.meeting(session, world.office, title="Hội nghị chuyên đề về đầu tư")
    factories.participant(session, apart, world.delegate.person)
    factories.paper(session, factories.item(session, apart), document)
    session.commit()
    page = sign_in(world.delegate).get(f"/notes/{note.id}/send").text
    for meeting in (apart, world.meeting):
        assert f"· {meeting.title}" in page
        assert f'value="{meeting.id}"' in page


@pytest.mark.parametrize("page", ["", "abc", "-5", "0", "99999999999999999999", "5.5"])
def test_a_page_that_there_is_not_has_no_notes_to_choose_from(
    sign_in, world, document, note, page: str
):
    answer = sign_in(world.delegate).get(f"/documents/{document.id}/notes/send?page={page}")
    assert answer.status_code == 200
    assert "Đồng chí chưa có ghi chú" in answer.text
    assert QUOTE not in answer.text


@pytest.mark.parametrize("mark", ["nonsense", "\x00", "of a colleague", "deleted"])
def test_a_mark_that_is_not_ones_own_leads_to_the_list(
    session, sign_in, world, document, note, mark: str
):
    own = {"document_id": document.id, "page": 5}
    colleague = factories.note(session, world.other_delegate, text="Riêng", **own)
    gone = factories.note(session, world.delegate, deleted_at=clock.now(), text="", **own)
    session.commit()
    named = {"of a colleague": str(colleague.mark), "deleted": str(gone.mark)}.get(mark, mark)
    address = f"/documents/{document.id}/notes/send"
    answer = sign_in(world.delegate).get(address, query_string={"page": 5, "mark": named})
    assert answer.status_code == 200
    assert QUOTE in answer.text
    assert "Riêng" not in answer.text
    assert f"/notes/{note.id}/send" in answer.text
    for other in (colleague, gone):
        assert f"/notes/{other.id}/send" not in answer.text


def test_whoever_may_not_read_the_paper_chooses_nothing_from_it(sign_in, world, document, note):
    for stranger in (world.outsider, world.administrator):
        address = f"/documents/{document.id}/notes/send?page=5&mark={note.mark}"
        assert sign_in(stranger).get(address).status_code == 404


def test_the_lists_are_empty_in_words_for_who_neither_sent_nor_received(sign_in, world, note):
    client = sign_in(world.outsider)
    assert "Chưa ai gửi ghi chú" in client.get("/notes/received").text
    assert "Đồng chí chưa gửi" in client.get("/notes/sent").text
    client.set_cookie("preferences", "light.100.en")
    assert "Nobody has sent you a note yet" in client.get("/notes/received").text
    assert "You have not sent a note yet" in client.get("/notes/sent").text
