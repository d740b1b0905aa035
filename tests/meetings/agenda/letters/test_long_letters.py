"""Letters with names of two hundred letters, many guests, odd characters and other persons."""

import io
import zipfile
from xml.etree import ElementTree as ET

import pytest
from sqlalchemy import select

from meetings.agenda.access.services import set_closed
from meetings.agenda.letters import queries, services
from meetings.agenda.letters.queries import NAMES
from meetings.models import AuditEntry, InvitationLetter, ParticipantRole, Role
from meetings.press import word
from meetings.press.layouts import lay_out
from meetings.press.pdf import UnavailableError, typeset
from tests import factories

LONG = "Nguyễn Thị " + "Ấ" * 189
WORDS = dict.fromkeys(NAMES, "") | {
    "issuer": "TỈNH UỶ LAM KHÊ",
    "symbol": "GM/TU",
    "addressees": "Các đồng chí Ủy viên",
    "text": "Kính mời các đồng chí dự họp.",
}


@pytest.fixture
def address(world):
    return f"/meetings/{world.meeting.id}/invitation-letter"


def composed(session, world):
    words = queries.words_of(session, world.meeting)
    return services.compose(words, queries.facts_of(session, world.meeting, by=world.clerk))


def texts(content):
    """Return the texts of a text document, one string for each of its paragraphs."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        whole = ET.fromstring(archive.read("word/document.xml"))
    return ["".join(paragraph.itertext()) for paragraph in whole.findall(".//{*}p")]


def test_names_of_two_hundred_letters_stay_whole_in_every_file(session, world):
    world.delegate.person.full_name = LONG
    chair = factories.person(session, full_name=LONG.replace("Thị", "Văn"))
    factories.participant(session, world.meeting, chair, role=ParticipantRole.CHAIR)
    factories.post(session, chair, world.office, title="Ủy viên " + "thường trực " * 15)
    session.flush()
    document = composed(session, world)
    told = texts(word.docx(document))
    assert LONG in told
    assert any(line.startswith("Chủ trì:") and chair.full_name in line for line in told)
    assert LONG in lay_out(document)


def test_names_of_two_hundred_letters_are_set_on_paper(session, world):
    world.delegate.person.full_name = LONG
    session.flush()
    try:
        made = typeset(lay_out(composed(session, world)))
    except UnavailableError:
        pytest.skip("no typesetter here")
    assert made.startswith(b"%PDF")


def test_everybody_invited_stands_in_the_list_once_and_nobody_of_another_meeting(session, world):
    people = [factories.person(session, full_name=f"Vàng A Số {n}") for n in range(120)]
    for person in people:
        factories.participant(session, world.meeting, person)
    factories.participant(session, world.planned_meeting, world.outsider.person)
    session.flush()
    told = texts(word.docx(composed(session, world)))
    assert [told.count(person.full_name) for person in people] == [1] * 120
    assert world.outsider.person.full_name not in told


@pytest.mark.parametrize(
    "odd", ["<w:p>&amp;</w:p>", "]]>", "a\x00b\x1bc", "\"A\" & 'B'", "Đ\u0301", "𝔸\U0001f600"]
)
def test_no_character_breaks_the_file_or_becomes_part_of_it(session, world, odd):
    world.meeting.place = odd
    world.delegate.person.full_name = f"Tên {odd}"
    world.item.title = f"Mục {odd}"
    session.flush()
    shown = "".join(c for c in odd if c.isprintable())
    told = texts(word.docx(composed(session, world)))
    assert any(f"Mục {shown}" in line for line in told)
    assert f"Tên {shown}" in told


def test_what_is_closed_after_the_letter_was_kept_is_left_out_of_the_next_file(
    session, world, sign_in, address
):
    client = sign_in(world.clerk)
    assert client.submit(address, **WORDS).status_code == 303
    before = texts(client.get(f"{address}/file?format=docx").get_data())
    assert any(world.item.title in line for line in before)
    set_closed(session, world.item, closed=True, by=world.clerk)
    session.commit()
    after = texts(client.get(f"{address}/file?format=docx").get_data())
    assert not [line for line in after if world.item.title in line]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("issuer", "   "),
        ("addressees", "\n\n"),
        ("text", ""),
        ("symbol", "x" * 501),
        ("text", "x" * 5001),
        ("signer_name", "Ấ" * 501),
    ],
)
def test_a_letter_that_cannot_be_is_told_at_its_field_and_not_kept(
    session, world, sign_in, address, field, value
):
    answer = sign_in(world.clerk).submit(address, **WORDS | {field: value})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert page.count('class="field-error"') == 1
    assert session.query(InvitationLetter).count() == 0


def test_of_two_clerks_at_once_the_later_words_stand_and_there_is_one_letter(
    session, world, sign_in, address
):
    for issuer in ("TỈNH UỶ LAM KHÊ", "VĂN PHÒNG TỈNH UỶ"):
        assert sign_in(world.clerk).submit(address, **WORDS | {"issuer": issuer}).status_code == 303
    [letter] = session.query(InvitationLetter).all()
    assert letter.issuer == "VĂN PHÒNG TỈNH UỶ"


def test_a_foreign_office_reads_no_letter_and_inherits_no_signer(session, world, sign_in, address):
    sign_in(world.clerk).submit(address, **WORDS | {"signer_name": "Nguyễn Văn Chánh"})
    foreign = factories.user(session, (Role.CLERK, world.commune))
    elsewhere = factories.meeting(session, world.commune)
    session.commit()
    client = sign_in(foreign)
    for path in ("", "/file?format=docx", "/file?format=pdf"):
        assert client.get(f"{address}{path}").status_code == 404
    assert client.submit(address, **WORDS).status_code == 404
    own = client.get(f"/meetings/{elsewhere.id}/invitation-letter").get_data(as_text=True)
    assert "Nguyễn Văn Chánh" not in own
    assert "ĐẢNG ỦY XÃ SUỐI NGÂN" in own


def test_a_meeting_with_nothing_and_nobody_still_has_its_letter(session, world, sign_in):
    empty = factories.meeting(session, world.office, place="")
    session.commit()
    address = f"/meetings/{empty.id}/invitation-letter/file?format=docx"
    told = texts(sign_in(world.clerk).get(address).get_data())
    assert any("GIẤY MỜI" in line for line in told)
    assert not [line for line in told if line.startswith(("Địa điểm", "Nội dung", "Chủ trì"))]
    assert "Họ và tên" not in told


def test_the_ledger_notes_the_letter_without_its_words(installation, world, sign_in, address):
    sign_in(world.clerk).submit(address, **WORDS | {"note": "Mang theo hồ sơ kỷ luật"})
    with installation.database.reading() as reading:
        entries = reading.scalars(select(AuditEntry)).all()
        told = [str(vars(entry)) for entry in entries]
    assert "meeting:prepare" in {entry.action for entry in entries}
    assert not [line for line in told if "kỷ luật" in line or "Kính mời" in line]
