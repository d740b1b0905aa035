"""What the answers come to, by question, and the report that says so."""

import io
import zipfile
from datetime import timedelta

import pytest

from meetings import clock
from meetings.agenda.consultations import queries, services
from meetings.agenda.consultations.report.services import compose, percent
from meetings.agenda.consultations.services import Opinion
from meetings.agenda.letters.queries import words_of
from meetings.models import (
    BodyKind,
    CountingBase,
    ItemReader,
    ParticipantRole,
    Silence,
    Stance,
)
from meetings.press.document import Table
from tests import factories


@pytest.fixture
def people(session, world):
    """Return four who are asked; somebody without a vote stands beside them."""
    more = [factories.user(session) for _ in range(2)]
    for one in more:
        factories.participant(session, world.meeting, one.person)
    guest = factories.user(session).person
    factories.participant(session, world.meeting, guest, role=ParticipantRole.INVITED_DELEGATE)
    return [world.delegate, world.other_delegate, *more]


@pytest.fixture
def answered(session, form, questions, people):
    """Let three of four answer the first question, each in another way."""
    ways = (
        Opinion(Stance.AGREE),
        Opinion(Stance.DISAGREE),
        Opinion(Stance.OTHER, "Bổ sung số liệu"),
    )
    for who, opinion in zip(people, ways, strict=False):
        given = {questions[0]: opinion, questions[1]: Opinion(Stance.AGREE)}
        services.give(session, form, who.person_id, given, by=who)
    session.commit()
    return form


def count(session, world, form):
    lines = queries.lines_of(session, form, world.meeting, by=world.clerk)
    return queries.collated(session, form, world.meeting, lines)


def test_each_question_is_counted_by_itself(session, world, answered):
    first, second = count(session, world, answered)
    assert first.stances == {Stance.AGREE: 1, Stance.DISAGREE: 1, Stance.OTHER: 1}
    assert (first.silent, first.agreeing, first.base) == (1, 1, 4)
    assert (second.agreeing, second.base, second.share) == (3, 4, 75.0)
    assert [one.text for one in first.remarks] == ["Bổ sung số liệu"]


@pytest.mark.parametrize(
    ("base", "silence", "over", "expected"),
    [
        (CountingBase.ASKED, Silence.UNCOUNTED, True, (3, 4)),
        (CountingBase.RECEIVED, Silence.UNCOUNTED, True, (3, 3)),
        (CountingBase.ASKED, Silence.AGREEMENT, True, (4, 4)),
        (CountingBase.RECEIVED, Silence.AGREEMENT, True, (4, 4)),
        (CountingBase.RECEIVED, Silence.AGREEMENT, False, (3, 3)),
    ],
)
def test_silence_and_base_count_as_the_form_says(
    session, world, answered, base, silence, over, expected
):
    answered.counted_of, answered.silence = base, silence
    if over:
        answered.due_at = clock.now() - timedelta(seconds=1)
    _, second = count(session, world, answered)
    assert (second.agreeing, second.base) == expected


def test_whoever_may_not_see_the_item_is_not_counted(session, world, answered, people):
    world.item.closed = True
    session.add(ItemReader(item_id=world.item.id, person_id=people[0].person_id))
    session.flush()
    first, _ = count(session, world, answered)
    assert first.silent == 0, "the fourth is not asked"
    assert first.base == 3, "what was answered before stays counted"


def test_nobody_asked_is_no_division(session, world, form, questions):
    assert [one.share for one in queries.collated(session, form, world.meeting, [])] == [0.0, 0.0]


@pytest.mark.parametrize(("share", "told"), [(0, "0,0%"), (84.905, "84,9%"), (100, "100,0%")])
def test_shares_are_written_as_people_here_write_them(share, told):
    assert percent(share) == told


@pytest.fixture
def document(session, world, answered):
    lines = queries.lines_of(session, answered, world.meeting, by=world.clerk)
    counts = queries.collated(session, answered, world.meeting, lines)
    return compose(words_of(session, world.meeting), world.meeting, answered, counts, lines)


def test_the_report_has_a_table_and_its_annexes(document, questions):
    [table] = [block for block in document.body if isinstance(block, Table)]
    assert table.rows[0] == ("1", questions[0].text, "1", "1", "1", "1", "1/4 (25,0%)")
    remarks, forms = document.appendices
    assert remarks.title == "Các ý kiến cụ thể"
    assert "Bổ sung số liệu" in remarks.blocks[1].rows[0]
    [listed] = forms.blocks
    assert [row[2] for row in listed.rows].count("Chưa trả lời") == 1
    assert document.symbol.strip("\N{NO-BREAK SPACE}").startswith("-BC/")


def test_a_report_without_words_has_no_annex_for_them(session, world, form):
    lines = queries.lines_of(session, form, world.meeting, by=world.clerk)
    counts = queries.collated(session, form, world.meeting, lines)
    made = compose(words_of(session, world.meeting), world.meeting, form, counts, lines)
    assert [one.title for one in made.appendices] == ["Danh sách phiếu"]


def test_a_body_of_the_state_reports_in_its_own_layout(session, world, answered):
    world.office.kind = BodyKind.STATE_BODY
    lines = queries.lines_of(session, answered, world.meeting, by=world.clerk)
    made = compose(words_of(session, world.meeting), world.meeting, answered, [], lines)
    assert made.symbol.strip("\N{NO-BREAK SPACE}").startswith("/BC")


def test_the_report_is_taken_as_a_text_document(world, answered, sign_in):
    at = f"/meetings/{world.meeting.id}/consultation/file"
    client = sign_in(world.clerk)
    answer = client.get(f"{at}?format=docx")
    text = zipfile.ZipFile(io.BytesIO(answer.data)).read("word/document.xml").decode()
    assert "Bổ sung số liệu" in text
    assert "Danh sách phiếu" in text
    assert client.get(f"{at}?format=exe").status_code == 404


def test_the_report_is_taken_as_a_pdf(world, answered, sign_in):
    answer = sign_in(world.clerk).get(f"/meetings/{world.meeting.id}/consultation/file?format=pdf")
    assert answer.data.startswith(b"%PDF-")


def test_without_a_form_there_is_no_report(world, sign_in):
    at = f"/meetings/{world.meeting.id}/consultation/file?format=docx"
    assert sign_in(world.clerk).get(at).status_code == 404
