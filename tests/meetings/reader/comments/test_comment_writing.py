"""A delegate comments on a page or a paragraph, changes it, and finds it again."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from meetings import clock
from meetings.models import (
    AgendaPaper,
    AuditEntry,
    CommentRound,
    Document,
    DocumentVersion,
    Event,
    PaperComment,
    Verdict,
)
from tests import factories, papers
from tests.client import plain
from tests.meetings.reader.comments.conftest import NOISE, TITLE

WORDS = "Đề nghị bổ sung thời hạn hoàn thành"
LONG = "góp ý " * 3400


def test_from_the_page_to_writing_is_one_tap(sign_in, world, paper, address):
    client = sign_in(world.delegate)
    page = plain(client.get(f"/documents/{paper.document_id}?page=2&paper={paper.id}"))
    assert f"{address}?page=2" in page
    searched = plain(client.get(f"/documents/{paper.document_id}?page=3"))
    assert f"{address}?page=3" in searched, "also without the way over the agenda"
    form = client.get(f"{address}?page=2").text
    assert "Góp ý trang 2" in form
    assert papers.TEXTS[1] in form, "the paragraphs of the page are offered"
    assert papers.TEXTS[0] not in form
    assert "Chỉ Văn phòng và người trả lời xem được" in form
    assert "chưa góp ý vào tài liệu này" in form


def test_a_comment_on_a_paragraph_is_kept_with_its_words_and_told_to_the_office(
    session, sign_in, world, paper, address, version, kept
):
    client = sign_in(world.delegate)
    sent = {"page": "2", "paragraph": "2-1", "text": f"  {WORDS} ", "version": version}
    answer = client.submit(address, **sent)
    assert answer.status_code == 303
    [comment] = kept()
    assert (comment.page, comment.paragraph, comment.quote) == (2, 1, papers.TEXTS[1])
    assert comment.text == WORDS
    assert comment.version_id == version
    page = client.get(answer.location).text
    assert "Đã gửi góp ý đến Văn phòng" in page
    assert "Trang 2, đoạn 1" in page
    assert NOISE not in page
    told = session.scalars(select(Event).where(Event.kind == "comment")).all()
    assert [(one.topic, one.data) for one in told] == [
        (f"office:{world.meeting.id}", {"paper": str(paper.id)})
    ]
    lines = session.scalars(select(AuditEntry).where(AuditEntry.action == "comment:write")).all()
    assert [line.subject_id for line in lines] == [str(paper.id)]
    assert WORDS not in str(lines[0].detail)
    session.commit()


def test_a_comment_may_be_about_a_whole_page(sign_in, world, address, version, kept):
    sign_in(world.delegate).submit(address, page="3", paragraph="", text=WORDS, version=version)
    [comment] = kept()
    assert (comment.page, comment.paragraph, comment.quote) == (3, None, "")


@pytest.mark.parametrize(
    ("sent", "told", "typed"),
    [
        ({"page": "9"}, "Tài liệu này có 3 trang", 'value="9"'),
        ({"page": "0"}, "Tài liệu này có 3 trang", 'value="0"'),
        ({"page": "ba"}, "Tài liệu này có 3 trang", 'value="ba"'),
        ({"page": ""}, "Vui lòng điền mục này", WORDS),
        ({"page": "2", "paragraph": "1-1"}, "Đoạn đã chọn không nằm ở trang này", papers.TEXTS[1]),
        ({"paragraph": "1-99"}, "Đoạn đã chọn không nằm ở trang này", papers.TEXTS[0]),
        ({"text": "  "}, "Vui lòng điền mục này", papers.TEXTS[0]),
        ({"text": LONG}, "4000", LONG[:20_000].strip()),
        ({"version": "x"}, "Tài liệu vừa có bản mới", papers.TEXTS[0]),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_typed_is_lost(
    sign_in, world, address, version, kept, sent, told, typed
):
    right = {"page": "1", "paragraph": "1-1", "text": WORDS, "version": version}
    client = sign_in(world.delegate)
    answer = client.submit(address, **right | sent)
    assert answer.status_code == 422
    assert told in answer.text
    assert typed in answer.text
    assert sent.get("text", WORDS).strip() in answer.text
    assert kept() == []
    assert client.submit(address, **right).status_code == 303


@pytest.mark.parametrize(
    ("state", "told"),
    [("none", "chưa mở góp ý"), ("early", "Chưa đến thời gian"), ("over", "Đã hết hạn góp ý")],
)
def test_a_paper_that_is_not_open_keeps_nothing_and_shows_what_was_typed(
    session, sign_in, world, paper, address, version, kept, state: str, told: str
):
    client, hour = sign_in(world.delegate), timedelta(hours=1)
    sent = {"page": "1", "paragraph": "1-1", "text": WORDS, "version": version}
    assert client.submit(address, **sent).status_code == 303
    round_ = session.get_one(CommentRound, paper.id)
    if state == "none":
        session.delete(round_)
    elif state == "early":
        round_.opens_at = clock.now() + hour
    else:
        round_.closes_at = clock.now() - hour
    session.commit()
    answer = client.submit(address, **sent | {"text": "Lời đã viết xong"})
    assert answer.status_code == 422
    assert told in answer.text
    assert "Lời đã viết xong" in answer.text
    assert len(kept()) == 1
    shown = client.get(address).text
    assert WORDS in shown, "what was written before is still there"
    assert "<textarea" not in shown
    offered = address in plain(client.get(f"/documents/{paper.document_id}"))
    assert offered == (state == "over"), "one still finds the answers"


def test_a_comment_is_changed_and_deleted_by_its_author(session, sign_in, world, paper, kept):
    comment = factories.comment(session, paper, world.delegate)
    session.commit()
    client, at = sign_in(world.delegate), f"/comments/{comment.id}"
    assert "Đề nghị làm rõ nguồn vốn" in client.get(at).text
    assert client.submit(at, text=" ").status_code == 422
    assert client.submit(at, text=WORDS).status_code == 303
    assert [one.text for one in kept()] == [WORDS]
    assert client.submit(f"{at}/delete").status_code == 303
    assert kept() == []
    assert client.get(at).status_code == 404


@pytest.mark.parametrize("state", ["answered", "over", "recalled"])
def test_what_was_answered_or_is_over_stays_as_it_is(
    session, sign_in, world, paper, kept, change, state: str
):
    comment = factories.comment(session, paper, world.delegate, quote="lời trích")
    session.commit()
    client, at = sign_in(world.delegate), f"/comments/{comment.id}"
    assert client.get(at).status_code == 200
    moment = clock.now() - timedelta(minutes=1)
    if state == "answered":
        change(PaperComment, comment.id, verdict=Verdict.ACCEPTED, answered_at=moment)
    elif state == "over":
        change(CommentRound, paper.id, closes_at=moment)
    else:
        change(AgendaPaper, paper.id, recalled_at=moment)
    answer = client.submit(at, text=WORDS)
    assert answer.status_code == 422
    assert WORDS in answer.text
    assert ("lời trích" in answer.text) == (state != "recalled")
    assert client.submit(f"{at}/delete").status_code == 303
    assert "giữ nguyên" in client.get("/comments").text
    assert client.get(at).status_code == 303
    assert [one.text for one in kept()] == ["Đề nghị làm rõ nguồn vốn"]


def test_others_do_not_see_a_comment_unless_the_office_opens_them(
    session, sign_in, world, paper, address, change
):
    factories.comment(session, paper, world.other_delegate, text=WORDS)
    session.commit()
    client = sign_in(world.delegate)
    assert WORDS not in client.get(address).text
    change(CommentRound, paper.id, shared=True)
    page = client.get(address).text
    assert WORDS in page
    assert world.other_delegate.person.display_name in page
    assert "mọi người đọc tài liệu này xem được" in page
    assert WORDS not in client.get("/comments").text, "only one's own are there"


def test_a_comment_of_somebody_else_is_nowhere(session, sign_in, world, paper, kept):
    comment = factories.comment(session, paper, world.other_delegate, text=WORDS)
    session.commit()
    for who in (world.delegate, world.outsider, world.clerk, world.administrator):
        client = sign_in(who)
        assert client.submit(f"/comments/{comment.id}", text="khác").status_code == 404
        assert client.submit(f"/comments/{comment.id}/delete").status_code == 404
    assert [one.text for one in kept()] == [WORDS]


@pytest.mark.parametrize("who", ["outsider", "researcher", "administrator", "clerk"])
def test_only_those_before_whom_it_lies_comment_on_a_paper(
    sign_in, world, address, version, kept, who: str
):
    client = sign_in(getattr(world, who))
    assert client.get(address).status_code == 404
    sent = {"page": "1", "text": WORDS, "version": version}
    assert client.submit(address, **sent).status_code == 404
    assert kept() == []


def test_nobody_comments_on_a_recalled_paper_and_its_author_keeps_the_words_alone(
    session, sign_in, world, paper, address, version, kept, change
):
    place = {"page": 2, "paragraph": 1, "quote": papers.TEXTS[1]}
    factories.comment(session, paper, world.delegate, text=WORDS, **place)
    session.commit()
    client = sign_in(world.delegate)
    page = client.get("/comments").text
    for shown in (WORDS, TITLE, papers.TEXTS[1], "Trang 2"):
        assert shown in page
    change(AgendaPaper, paper.id, recalled_at=clock.now())
    page = client.get("/comments").text
    assert WORDS in page
    assert "Tài liệu đã được thu hồi" in page
    for gone in (TITLE, papers.TEXTS[1], "Trang 2", str(paper.id)):
        assert gone not in page
    assert client.submit(address, page="1", text="x", version=version).status_code == 404
    assert len(kept()) == 1


def test_a_comment_says_on_which_version_it_was(
    session, sign_in, world, paper, address, version, change
):
    factories.comment(session, paper, world.delegate, version_id=version)
    session.commit()
    client = sign_in(world.delegate)
    assert "trên bản" not in client.get(address).text
    change(DocumentVersion, version, superseded_at=clock.now())
    assert "trên bản 1" in client.get("/comments").text


def test_the_list_of_ones_own_comments_comes_in_pages(session, sign_in, world, paper):
    client = sign_in(world.delegate)
    assert "chưa góp ý vào tài liệu nào" in client.get("/comments").text
    for number in range(52):
        factories.comment(session, paper, world.delegate, text=f"Góp ý số {number:02}.")
    session.commit()
    first, second = (client.get(f"/comments?page={page}").text for page in (1, 2))
    assert "Góp ý số 51." in first
    assert "Góp ý số 01." in second
    assert first.count("Góp ý số") == 50
    assert second.count("Góp ý số") == 2


def test_a_paper_without_a_file_cannot_be_commented_on(session, sign_in, world):
    document: Document = factories.document(session, world.office)
    paper = factories.paper(session, world.item, document)
    factories.comment_round(session, paper)
    session.commit()
    assert sign_in(world.delegate).get(f"/papers/{paper.id}/comment").status_code == 404
