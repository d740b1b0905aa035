"""The list of answers as a file: texts in every cell, no formula, nobody of another meeting."""

import io
import re
import zipfile
from xml.etree import ElementTree as ET

import pytest
from sqlalchemy import select

from meetings.agenda.answers import services
from meetings.agenda.answers.queries import part_of
from meetings.models import AuditEntry, InvitationAnswer
from tests import factories

FORMULAS = [
    '=HYPERLINK("http://example.org","Mở")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "=1+1\n=2+2",
]


@pytest.fixture
def answered(session, world):
    """Let the delegate be away for a reason; somebody else answers about another meeting."""

    def away(reason):
        part = part_of(session, world.meeting, by=world.delegate.person_id)
        services.answer(session, part, coming=False, reason=reason)
        session.commit()

    elsewhere = factories.participant(session, world.planned_meeting, world.outsider.person)
    services.answer(session, elsewhere, coming=False, reason="Không thuộc danh sách này")
    session.commit()
    return away


@pytest.fixture
def file(world, sign_in):
    """Return the text of a part of the file that the office takes."""
    client = sign_in(world.clerk)

    def taken(ending):
        answer = client.get(f"/meetings/{world.meeting.id}/answers/file?format={ending}")
        assert answer.status_code == 200
        assert f'filename="tra-loi.{ending}"' in answer.headers["Content-Disposition"]
        inside = {"xlsx": "xl/worksheets/sheet1.xml", "docx": "word/document.xml"}[ending]
        with zipfile.ZipFile(io.BytesIO(answer.get_data())) as archive:
            return archive.read(inside).decode()

    return taken


@pytest.mark.parametrize("reason", FORMULAS)
def test_what_looks_like_a_formula_is_a_text_in_its_cell(answered, file, reason):
    answered(reason)
    sheet = ET.fromstring(file("xlsx"))
    cells = sheet.findall(".//{*}c")
    assert {cell.get("t") for cell in cells} == {"inlineStr"}
    assert not sheet.findall(".//{*}f")
    assert reason in {"".join(cell.itertext()) for cell in cells}


@pytest.mark.parametrize("ending", ["xlsx", "docx"])
def test_marks_and_characters_that_no_file_can_hold_do_not_break_it(answered, file, ending):
    answered('</t><f>1</f>]]> & "x" \x00\x0b\ufffe \U0001f600')
    whole = ET.fromstring(file(ending))
    text = " ".join(whole.itertext())
    assert "</t><f>1</f>]]> &" in text
    assert "\x00" not in text
    assert not whole.findall(".//{*}f")


@pytest.mark.parametrize("ending", ["xlsx", "docx"])
def test_the_list_holds_everybody_invited_and_nobody_else(world, answered, file, ending):
    answered("Đi công tác")
    text = file(ending)
    for name in (world.delegate, world.other_delegate):
        assert name.person.full_name in text
    assert world.outsider.person.full_name not in text
    assert "Không thuộc danh sách này" not in text


def test_a_very_long_name_and_reason_stay_whole(session, world, answered, file):
    world.other_delegate.person.full_name = long = "Nguyễn Thị " + "Ấ" * 189
    session.commit()
    answered("ữ" * 500)
    for ending in ("xlsx", "docx"):
        text = file(ending)
        assert long in text
        assert "ữ" * 500 in text
    widths = [int(width) for width in re.findall(r'width="(\d+)"', file("xlsx"))]
    assert max(widths) <= 70


def test_a_meeting_without_anybody_gives_a_list_with_its_head_only(session, world, sign_in):
    empty = factories.meeting(session, world.office)
    session.commit()
    client = sign_in(world.clerk)
    answer = client.get(f"/meetings/{empty.id}/answers/file?format=xlsx")
    with zipfile.ZipFile(io.BytesIO(answer.get_data())) as archive:
        sheet = ET.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    assert len(sheet.findall(".//{*}row")) == 1
    assert client.get(f"/meetings/{empty.id}/answers").status_code == 200


@pytest.mark.parametrize("ending", ["", "XLSX", "xls", "../xlsx", "xlsx\x00"])
def test_what_is_no_format_is_not_there(world, sign_in, ending):
    address = f"/meetings/{world.meeting.id}/answers/file"
    answer = sign_in(world.clerk).get(address, query_string={"format": ending})
    assert answer.status_code == 404


def test_the_ledger_says_that_the_office_entered_an_answer_but_no_reason(
    session, installation, world, sign_in
):
    part = part_of(session, world.meeting, by=world.delegate.person_id)
    session.commit()
    fields = {"coming": "absent", "reason": "Đi chữa bệnh hiểm nghèo"}
    assert (
        sign_in(world.clerk).submit(f"/participants/{part.id}/answer", **fields).status_code == 303
    )
    with installation.database.reading() as reading:
        [given] = reading.scalars(select(InvitationAnswer)).all()
        entries = reading.scalars(select(AuditEntry)).all()
        told = [str(vars(entry)) for entry in entries]
    assert given.reason == fields["reason"]
    assert entries
    assert not [line for line in told if "hiểm nghèo" in line]
