"""The table of comments and answers, as it is handed in."""

from meetings import clock
from meetings.agenda.letters.queries import Words
from meetings.models import BodyKind, DocumentVersion, Verdict
from meetings.press.document import Table
from meetings.reader.comments.collecting.table.services import answer_to, compose, place_of
from meetings.reader.comments.queries import Told
from tests import factories

WORDS = Words(issuer="VĂN PHÒNG", symbol="GM/VPTU", signer_name="Lò Thị Mai")


def test_a_row_says_where_who_what_and_what_became_of_it(session, world, paper, version):
    place = {"page": 2, "paragraph": 3, "quote": "nguồn vốn", "version_id": version}
    one = factories.comment(session, paper, world.delegate, **place)
    other = factories.comment(session, paper, world.other_delegate, text="Sửa tên đề án")
    other.verdict, other.answer, other.answered_at = Verdict.EXPLAINED, "Giữ tên cũ", clock.now()
    told = [Told(one, is_out=True), Told(other, is_out=True)]
    document = compose(WORDS, world.meeting, paper, told)
    assert document.doc_type == "BẢNG TỔNG HỢP"
    assert document.symbol.endswith("-BTH/VPTU")
    [table] = [block for block in document.body if isinstance(block, Table)]
    names = [user.person.display_name for user in (world.delegate, world.other_delegate)]
    assert table.rows == (
        ("1", "Trang 2, đoạn 3: “nguồn vốn”", names[0], one.text, "Chưa trả lời"),
        ("2", "Trang 1", names[1], "Sửa tên đề án", "Giải trình: Giữ tên cũ"),
    )
    texts = [block.text for block in document.body if not isinstance(block, Table)]
    assert "2; giải trình 1; chưa trả lời 1." in texts


def test_a_recalled_paper_is_not_quoted_and_an_earlier_version_is_named(
    session, world, paper, version
):
    place = {"page": 2, "quote": "nguồn vốn", "version_id": version}
    comment = factories.comment(session, paper, world.delegate, **place)
    comment.verdict = Verdict.ACCEPTED
    assert place_of(Told(comment, is_out=False)) == "Trang 2"
    session.get_one(DocumentVersion, comment.version_id).superseded_at = clock.now()
    assert place_of(Told(comment, is_out=True)) == "Trang 2 (bản 1): “nguồn vốn”"
    assert answer_to(Told(comment, is_out=True)) == "Tiếp thu."


def test_without_comments_there_is_no_empty_table(world, paper):
    document = compose(WORDS, world.meeting, paper, [])
    assert not any(isinstance(block, Table) for block in document.body)


def test_a_body_of_the_state_writes_its_symbol_with_a_stroke(session, world, paper):
    body = factories.body(session, kind=BodyKind.STATE_BODY)
    meeting = factories.meeting(session, body)
    session.refresh(meeting)
    assert "/BTH/VPTU" in compose(WORDS, meeting, paper, []).symbol
