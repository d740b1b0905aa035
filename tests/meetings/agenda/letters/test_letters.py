import zipfile
from io import BytesIO

import pytest

from meetings.agenda.letters import queries, services
from meetings.agenda.letters.queries import NAMES
from meetings.models import InvitationLetter, ParticipantRole
from meetings.press.layouts import lay_out
from tests import factories

WORDS = dict.fromkeys(NAMES, "") | {
    "issuer": "TỈNH UỶ LAM KHÊ",
    "symbol": "GM/TU",
    "place": "Lam Khê",
    "addressees": "Đồng chí Bí thư;\nCác đồng chí Ủy viên",
    "text": "Kính mời các đồng chí dự họp.",
    "signer_name": "Nguyễn Văn Chánh",
    "signer_title": "CHÁNH VĂN PHÒNG",
    "capacity": "T/L BAN THƯỜNG VỤ",
}


@pytest.fixture
def address(world):
    return f"/meetings/{world.meeting.id}/invitation-letter"


def composed(session, world):
    words = queries.words_of(session, world.meeting)
    facts = queries.facts_of(session, world.meeting, by=world.clerk)
    return services.compose(words, facts)


def test_a_letter_takes_from_the_meeting_what_it_knows(session, world):
    world.meeting.place = "Hội trường A"
    chair = factories.person(session, full_name="Phạm Chủ Trì")
    factories.participant(session, world.meeting, chair, role=ParticipantRole.CHAIR)
    factories.post(session, chair, world.office, title="Bí thư")
    closed = factories.item(session, world.meeting, title="Công tác cán bộ", closed=True)
    factories.item(session, world.meeting, title="Việc riêng", parent_id=closed.id)
    session.flush()
    html = lay_out(composed(session, world))
    assert "GIẤY MỜI" in html
    assert "Hội trường A" in html
    assert "Phạm Chủ Trì, Bí thư Văn phòng Tỉnh ủy" in html
    assert world.item.title in html
    assert world.delegate.person.full_name in html
    assert "Công tác cán bộ" not in html
    assert "Việc riêng" not in html


def test_number_and_day_are_left_to_the_registry(session, world):
    document = composed(session, world)
    assert document.symbol.strip("\N{NO-BREAK SPACE}").startswith("-GM/")
    assert document.issued_on is None


def test_the_next_letter_of_a_body_remembers_who_signs_but_not_what_was_said(
    session, world, sign_in, address
):
    assert sign_in(world.clerk).submit(address, **WORDS).status_code == 303
    next_one = queries.words_of(session, world.planned_meeting)
    assert next_one.signer_name == WORDS["signer_name"]
    assert world.planned_meeting.title in next_one.text
    assert queries.words_of(session, world.meeting).text == WORDS["text"]


def test_a_letter_without_its_issuer_is_not_kept(session, world, sign_in, address):
    answer = sign_in(world.clerk).submit(address, **WORDS | {"issuer": ""})
    assert answer.status_code == 422
    assert "Kính mời các đồng chí dự họp." in answer.get_data(as_text=True)
    assert session.query(InvitationLetter).count() == 0


def test_the_letter_is_taken_as_a_text_document(world, sign_in, address):
    client = sign_in(world.clerk)
    client.submit(address, **WORDS)
    answer = client.get(f"{address}/file?format=docx")
    with zipfile.ZipFile(BytesIO(answer.get_data())) as archive:
        text = archive.read("word/document.xml").decode()
    for words in ("GIẤY MỜI", "Nguyễn Văn Chánh", "Các đồng chí Ủy viên", "-GM/TU"):
        assert words in text
    assert client.get(f"{address}/file?format=exe").status_code == 404


def test_the_letter_is_taken_as_a_pdf(world, sign_in, address):
    answer = sign_in(world.clerk).get(f"{address}/file?format=pdf")
    assert answer.status_code in {200, 503}
    assert answer.status_code == 503 or answer.get_data().startswith(b"%PDF")


def test_only_the_office_drafts_it(world, sign_in, address):
    assert sign_in(world.delegate).get(address).status_code == 404
    assert sign_in(world.delegate).get(f"{address}/file?format=docx").status_code == 404
