"""The office opens a paper for comments, sees them, answers them and takes the table along."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from meetings import clock
from meetings.documents.destruction.services import confirm
from meetings.models import (
    AccessLevel,
    AgendaPaper,
    AuditEntry,
    CommentRound,
    Document,
    PaperComment,
    Role,
    Verdict,
)
from tests import factories
from tests.meetings.reader.comments.conftest import NOISE, TITLE

WORDS, QUOTE = "Đề nghị bổ sung thời hạn hoàn thành", "Kết luận về phòng họp không giấy tờ"
WHY = "Đã nêu tại Điều 5 của dự thảo"


@pytest.fixture
def comment(session, world, paper, version) -> PaperComment:
    place = {"page": 2, "paragraph": 1, "quote": QUOTE, "version_id": version}
    made = factories.comment(session, paper, world.delegate, text=WORDS, **place)
    session.commit()
    return made


@pytest.fixture
def office(sign_in, world):
    return sign_in(world.clerk)


@pytest.fixture
def at(paper) -> str:
    return f"/papers/{paper.id}/comments"


def local(moment) -> str:
    return clock.local(moment).strftime("%Y-%m-%dT%H:%M")


def test_the_office_opens_a_paper_changes_the_time_and_closes_it(
    session, office, world, paper, at, installation
):
    session.delete(session.get_one(CommentRound, paper.id))
    session.commit()
    assert at in office.get(f"/meetings/{world.meeting.id}/prepare").text
    assert "Chưa mở góp ý vào tài liệu này" in office.get(at).text
    assert world.other_delegate.person.display_name in office.get(f"{at}/opening").text
    start, end = clock.now(), clock.now() + timedelta(days=2)
    terms = {"opens_at": local(start), "closes_at": local(end)}
    sent = terms | {"answerer": str(world.other_delegate.person_id), "shared": "y"}
    assert office.submit(f"{at}/opening", **sent).status_code == 303
    page = office.get(at).text
    assert "Đang nhận góp ý" in page
    assert f"Trả lời: {world.other_delegate.person.display_name}" in page
    assert "Đại biểu xem được góp ý của nhau" in page
    assert office.submit(f"{at}/opening", **terms, answerer="").status_code == 303
    page = office.get(at).text
    assert "Đại biểu không xem được góp ý của nhau" in page
    assert "Trả lời: " not in page
    assert office.submit(f"{at}/close").status_code == 303
    assert "Đã hết thời hạn" in office.get(at).text
    with installation.database.reading() as reading:
        assert reading.get_one(CommentRound, paper.id).closes_at <= clock.now()
        query = select(AuditEntry.subject_id).where(AuditEntry.action == "comments:open")
        assert reading.scalars(query).all() == [str(paper.id)] * 3


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        (0, -1, "Thời hạn phải ở phía trước"),
        (5, 4, "Thời điểm kết thúc phải sau thời điểm bắt đầu"),
        (None, 4, "Vui lòng điền mục này"),
        (0, None, "Vui lòng điền mục này"),
    ],
)
def test_a_time_that_cannot_be_is_told_at_its_field(office, at, start, end, told: str):
    moments = {
        name: "" if hours is None else local(clock.now() + timedelta(hours=hours))
        for name, hours in {"opens_at": start, "closes_at": end}.items()
    }
    answer = office.submit(f"{at}/opening", **moments, answerer="")
    assert answer.status_code == 422
    assert told in answer.text


def test_all_comments_stand_in_the_order_of_the_pages_with_those_unanswered_apart(
    session, office, world, paper, at, comment
):
    factories.comment(session, paper, world.other_delegate, page=1, text="Ý kiến đầu")
    answered = {"verdict": Verdict.ACCEPTED, "answered_at": clock.now()}
    factories.comment(session, paper, world.delegate, page=3, text="Ý kiến cuối", **answered)
    session.commit()
    page = office.get(at).text
    assert page.index("Ý kiến đầu") < page.index(WORDS) < page.index("Ý kiến cuối")
    assert "3 ý kiến góp ý" in page
    assert QUOTE in page
    assert world.delegate.person.display_name in page
    assert NOISE not in page
    waiting = office.get(f"{at}?show=waiting").text
    assert "Chưa trả lời (2)" in waiting
    assert WORDS in waiting
    assert "Ý kiến cuối" not in waiting


def test_a_comment_is_answered_and_its_author_reads_the_answer(
    office, sign_in, world, address, at, comment, kept
):
    way = f"/comments/{comment.id}/answer"
    assert WORDS in office.get(way).text
    assert "một trong ba" in office.submit(way, answer=WHY).text
    refused = office.submit(way, verdict="explained", answer=" ")
    assert refused.status_code == 422
    assert "Đề nghị ghi nội dung giải trình" in refused.text
    assert kept()[0].verdict is None
    assert office.submit(way, verdict="explained", answer=WHY).status_code == 303
    assert WHY in office.get(at).text
    page = sign_in(world.delegate).get(address).text
    assert WHY in page
    assert "Giải trình" in page
    assert f"/comments/{comment.id}" not in page, "nothing is changed after the answer"
    assert office.submit(way, verdict="accepted", answer="").status_code == 303
    assert "Đã trả lời tất cả góp ý" in office.get(f"{at}?show=waiting").text
    [now] = kept()
    assert (now.verdict, now.answer, now.answered_by) == (Verdict.ACCEPTED, "", world.clerk.id)


def test_who_answers_for_the_content_reads_and_answers_and_does_no_more(
    sign_in, world, paper, address, at, comment, change, kept
):
    client, way = sign_in(world.other_delegate), f"/comments/{comment.id}/answer"
    assert client.get(at).status_code == 404
    assert client.submit(way, verdict="accepted").status_code == 404
    change(CommentRound, paper.id, answerer_id=world.other_delegate.person_id)
    assert at in client.get(address).text
    page = client.get(at).text
    assert WORDS in page
    assert "office" not in page.partition("data-board")[2][:60]
    assert client.submit(way, verdict="accepted").status_code == 303
    assert client.get(f"{at}/opening").status_code == 404
    assert client.submit(f"{at}/close").status_code == 404
    assert kept()[0].verdict is Verdict.ACCEPTED
    change(AgendaPaper, paper.id, recalled_at=clock.now())
    assert client.get(at).status_code == 404
    assert client.submit(way, verdict="explained", answer=WHY).status_code == 404


@pytest.mark.parametrize("who", ["delegate", "outsider", "researcher", "administrator", "strange"])
def test_nobody_else_sees_all_comments(session, sign_in, world, at, comment, who: str):
    strange = factories.user(session, (Role.CLERK, world.commune))
    session.commit()
    client = sign_in(getattr(world, who, strange))
    for way in (at, f"{at}/file?format=docx", f"{at}/opening", f"/comments/{comment.id}/answer"):
        assert client.get(way).status_code == 404
    assert client.submit(f"{at}/close").status_code == 404
    assert client.submit(f"/comments/{comment.id}/answer", verdict="accepted").status_code == 404


def test_a_clerk_who_is_not_cleared_for_the_paper_sees_no_comment_on_it(
    office, world, paper, at, comment, change
):
    assert office.get(at).status_code == 200
    change(Document, paper.document_id, access_level=AccessLevel.RESTRICTED)
    assert office.get(at).status_code == 404
    assert office.submit(f"/comments/{comment.id}/answer", verdict="accepted").status_code == 404


def test_of_a_recalled_paper_the_office_keeps_the_comments_without_quotation(
    office, paper, at, comment, change
):
    assert QUOTE in office.get(at).text
    change(AgendaPaper, paper.id, recalled_at=clock.now())
    for way in (at, f"/comments/{comment.id}/answer"):
        page = office.get(way).text
        assert WORDS in page
        assert QUOTE not in page
    with ZipFile(BytesIO(office.get(f"{at}/file?format=docx").data)) as file:
        text = file.read("word/document.xml").decode()
    assert WORDS in text
    assert QUOTE not in text


def test_the_table_holds_each_comment_with_its_answer(session, office, world, at, paper, comment):
    factories.comment(
        session,
        paper,
        world.other_delegate,
        page=3,
        text="Ý kiến khác",
        verdict=Verdict.PARTLY,
        answer=WHY,
        answered_at=clock.now(),
    )
    session.commit()
    answer = office.get(f"{at}/file?format=docx")
    assert "tiep-thu-giai-trinh.docx" in answer.headers["Content-Disposition"]
    with ZipFile(BytesIO(answer.data)) as file:
        text = file.read("word/document.xml").decode()
    for words in (TITLE, WORDS, QUOTE, "Trang 2, đoạn 1", "Chưa trả lời", WHY, "Ý kiến khác"):
        assert words in text
    assert world.delegate.person.display_name in text
    assert NOISE not in text
    assert office.get(f"{at}/file?format=pdf").data.startswith(b"%PDF")
    assert office.get(f"{at}/file?format=exe").status_code == 404


def test_many_comments_come_in_pages(session, office, world, paper, at):
    for number in range(60):
        factories.comment(session, paper, world.delegate, text=f"Góp ý số {number:02}.")
    session.commit()
    assert office.get(at).text.count("Góp ý số") == 50
    assert office.get(f"{at}?page=2&show=waiting").text.count("Góp ý số") == 10


def test_a_paper_with_comments_stays_on_the_agenda_so_that_nobodys_words_are_lost(
    session, office, world, paper, comment, kept
):
    beside = factories.paper(session, world.item, factories.document(session, world.office))
    nested = factories.item(session, world.meeting, parent_id=world.item.id)
    bare = factories.item(session, world.meeting)
    session.commit()
    prepare = f"/meetings/{world.meeting.id}/prepare"
    for way in (f"/papers/{paper.id}/take-back", f"/agenda-items/{world.item.id}/delete"):
        assert office.submit(way).status_code == 303
        assert "Đã có góp ý vào tài liệu" in office.get(prepare).text
        assert [one.id for one in kept()] == [comment.id]
    for way in (
        f"/papers/{beside.id}/take-back",
        f"/agenda-items/{nested.id}/delete",
        f"/agenda-items/{bare.id}/delete",
    ):
        assert office.submit(way).status_code == 303
        assert "Đã có góp ý vào tài liệu" not in office.get(prepare).text
    page = office.get(prepare).text
    assert TITLE in page
    for gone in (str(beside.id), str(nested.id), str(bare.id)):
        assert gone not in page


def test_destroying_a_paper_takes_its_words_out_of_the_comments(
    session, world, paper, comment, kept
):
    asked = factories.destruction(session, paper.document_id, world.clerk)
    confirm(session, asked, by=world.other_delegate)
    session.commit()
    [left] = kept()
    assert (left.text, left.quote, left.paragraph, left.version_id) == (WORDS, "", None, None)
