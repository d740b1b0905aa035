"""What a clerk pastes: from other programs, twice, by two at once, with mistakes, forged."""

import re
import unicodedata

import pytest
from sqlalchemy import select

from meetings.agenda import queries as agenda
from meetings.agenda import services as meetings
from meetings.intake.agendas import MOST_LINES
from meetings.models import AgendaItem, AuditEntry, ItemKind, Meeting, Role
from tests import factories

PASTED = "1. Khai mạc (10 phút)\n2. Nghỉ giữa giờ\n3. Biểu quyết\n4. Bế mạc"


@pytest.fixture
def meeting(session, world):
    meeting = factories.meeting(session, world.office)
    session.commit()
    return meeting


@pytest.fixture
def address(meeting):
    return f"/meetings/{meeting.id}/agenda-items/paste"


@pytest.fixture
def kept(installation, meeting, world):
    """Return what stands in the agenda: titles and kinds."""

    def look():
        with installation.database.reading() as reading:
            lines = agenda.agenda_of(reading, meeting, user=world.clerk)
            return [(line.item.title, line.item.kind) for line in lines]

    return look


WHOLE = [
    ("Khai mạc", ItemKind.OPENING),
    ("Nghỉ giữa giờ", ItemKind.BREAK),
    ("Biểu quyết", ItemKind.VOTE),
    ("Bế mạc", ItemKind.CLOSING),
]


@pytest.mark.parametrize(
    "text",
    [
        PASTED,
        unicodedata.normalize("NFD", PASTED),
        PASTED.replace("\n", "\r\n"),
        PASTED.replace("\n", "\v"),
        PASTED.replace("\n", "\u2028"),
        PASTED.replace(" ", "\u00a0"),
        PASTED.replace(". ", ".\t"),
        "1. Khai m¹c (10 phót)\n2. NghØ gi÷a giê\n3. BiÓu quyÕt\n4. BÕ m¹c",
    ],
)
def test_an_agenda_is_kept_alike_from_every_program(world, sign_in, address, kept, text):
    answer = sign_in(world.clerk).submit(address, text=text, step="keep")
    assert answer.status_code == 303, answer.get_data(as_text=True)
    assert kept() == WHOLE


def test_five_hundred_lines_are_refused_at_the_field_and_stay_in_it(world, sign_in, address, kept):
    lines = "\n".join(f"{n}. Nội dung {n}" for n in range(1, 501))
    answer = sign_in(world.clerk).submit(address, text=lines, step="keep")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert f"{MOST_LINES} dòng" in page
    assert "500. Nội dung 500" in page, "what was pasted is not lost"
    assert kept() == []


def test_many_mistakes_are_told_a_few_at_a_time(world, sign_in, address):
    lines = "\n".join(f"{2 * n}. Nội dung" for n in range(1, 30))
    page = sign_in(world.clerk).submit(address, text=lines, step="look").get_data(as_text=True)
    assert len(set(re.findall(r"Dòng \d+: ", page))) == 5


@pytest.mark.parametrize("text", ["1. <b>Khai mạc</b>", "1. {{ 7 * 7 }} & Co"])
def test_what_is_pasted_is_text_and_nothing_else(world, sign_in, address, kept, text):
    client = sign_in(world.clerk)
    page = client.submit(address, text=text, step="look").get_data(as_text=True)
    assert "<b>Khai mạc" not in page
    client.submit(address, text=text, step="keep")
    assert kept() == [(text[3:], kept()[0][1])]


def test_looking_keeps_nothing_and_a_step_that_is_none_is_refused(world, sign_in, address, kept):
    client = sign_in(world.clerk)
    assert client.submit(address, text=PASTED, step="look").status_code == 200
    assert client.submit(address, text=PASTED, step="burn").status_code == 422
    assert kept() == []


def test_two_clerks_who_paste_at_once_lose_nothing_of_each_other(world, sign_in, address, kept):
    one, other = sign_in(world.clerk), sign_in(world.clerk)
    for client in (one, other):
        assert client.submit(address, text=PASTED, step="look").status_code == 200
    assert one.submit(address, text="1. Của người thứ nhất", step="keep").status_code == 303
    assert other.submit(address, text="1. Của người thứ hai", step="keep").status_code == 303
    assert [title for title, _ in kept()] == ["Của người thứ nhất", "Của người thứ hai"]


def test_a_paste_makes_an_open_move_of_another_clerk_late(
    session, installation, world, sign_in, meeting, address, kept
):
    item = meetings.add_item(session, session.get_one(Meeting, meeting.id), title="Có sẵn")
    session.commit()
    with installation.database.reading() as reading:
        seen = str(reading.get_one(Meeting, meeting.id).agenda_revision)
    clerk, other = sign_in(world.clerk), sign_in(world.clerk)
    clerk.submit(address, text=PASTED, step="keep")
    answer = other.submit(f"/agenda-items/{item.id}/delete", seen=seen)
    assert answer.location == f"/meetings/{meeting.id}/arrange"
    assert "Có sẵn" in [title for title, _ in kept()]


def test_nobody_pastes_into_the_agenda_of_somebody_else(session, world, sign_in, address, kept):
    foreign = factories.user(session, (Role.CLERK, world.commune))
    session.commit()
    for who in (world.delegate, world.outsider, world.administrator, foreign):
        assert sign_in(who).submit(address, text=PASTED, step="keep").status_code == 404
    forged = sign_in(world.clerk).post(address, data={"text": PASTED, "step": "keep"})
    assert forged.status_code == 403, "without its token"
    assert kept() == []


def test_the_ledger_notes_that_an_agenda_was_pasted_but_not_what_it_says(
    installation, world, sign_in, address
):
    sign_in(world.clerk).submit(address, text="1. Kỷ luật đồng chí X", step="keep")
    with installation.database.reading() as reading:
        entries = reading.scalars(select(AuditEntry)).all()
        assert reading.scalars(select(AgendaItem.title)).all().count("Kỷ luật đồng chí X") == 1
        told = [str(vars(entry)) for entry in entries]
    assert "meeting:prepare" in {entry.action for entry in entries}
    assert not [line for line in told if "Kỷ luật" in line]


def test_the_page_is_told_in_english_too(world, sign_in, address):
    client = sign_in(world.clerk)
    client.set_cookie("preferences", "day.100.en")
    page = client.submit(address, text="1. A\n3. B", step="look").get_data(as_text=True)
    assert "Line 2: “3” should be “2”" in page
    assert "Line 1 has no number" in client.submit(
        address, text="PROGRAMME\n1. A", step="look"
    ).get_data(as_text=True)
