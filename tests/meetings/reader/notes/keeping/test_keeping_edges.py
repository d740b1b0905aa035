"""The list of a meeting at its edges: handed over twice, recalled papers, the day of the purge."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from meetings import clock, jobs
from meetings.models import (
    AccessLevel,
    AgendaPaper,
    AuditEntry,
    MeetingState,
    Note,
    NoteKeeping,
    NoteKind,
    Role,
    Sending,
)
from meetings.reader.notes.keeping import queries, services, tasks
from tests import factories

CLOSED = datetime(2026, 5, 4, 3, 0, tzinfo=UTC)
WORDS, QUOTE, PAPER = "Hỏi kinh phí giải phóng mặt bằng", "đạt 93,4 %", "Báo cáo đầu tư công"
OTHERS = "Của người khác"
SECOND = timedelta(seconds=1)


@pytest.fixture
def at(session, world):
    """The closed meeting with a note at its item and a highlight, beside a colleague's note."""
    meeting = session.merge(world.meeting)
    meeting.state, meeting.closed_at = MeetingState.CLOSED, CLOSED
    document = factories.document(session, world.office, title=PAPER)
    factories.paper(session, world.item, document)
    written = {"updated_at": CLOSED}
    factories.note(session, world.delegate, item_id=world.item.id, text=WORDS, **written)
    marked = {"kind": NoteKind.HIGHLIGHT, "page": 4, "quote": QUOTE, "text": ""}
    factories.note(session, world.delegate, document_id=document.id, **marked, **written)
    factories.note(session, world.other_delegate, item_id=world.item.id, text=OTHERS)
    session.commit()
    return f"/meetings/{meeting.id}/notes"


def keep(session, world, days: int = 30) -> None:
    since = CLOSED - timedelta(days=100)
    session.merge(NoteKeeping(body_id=world.meeting.body_id, days=days, since=since))
    session.commit()


def recall(session) -> None:
    session.query(AgendaPaper).update({"recalled_at": clock.now()})
    session.commit()


def parcels(session) -> list[tuple[int, bool]]:
    """Return of each sending how many notes it holds and whether it was taken back."""
    rows = session.scalars(select(Sending).order_by(Sending.id))
    found = [(len(row.notes), row.withdrawn_at is not None) for row in rows]
    session.commit()
    return found


def living(session) -> list[str]:
    query = select(Note).where(Note.deleted_at.is_(None)).order_by(Note.id)
    found = [note.text or note.quote for note in session.scalars(query)]
    session.commit()
    return found


def test_a_second_press_sends_nothing_and_says_why(session, sign_in, world, at):
    client = sign_in(world.delegate)
    client.submit(f"{at}/hand-over")
    assert "Đã gửi bản sao các ghi chú" in client.get("/notes/sent").text
    assert client.submit(f"{at}/hand-over").status_code == 303
    assert "đã có các bản sao này nên không gửi lại" in client.get("/notes/sent").text
    assert parcels(session) == [(2, False)]


def test_a_second_press_after_reading_sends_nothing_either(session, sign_in, world, at):
    client = sign_in(world.delegate)
    client.submit(f"{at}/hand-over")
    sending = session.scalars(select(Sending.id)).one()
    session.commit()
    sign_in(world.clerk).submit(f"/sendings/{sending}/open")
    client.submit(f"{at}/hand-over")
    assert parcels(session) == [(2, False)]


def test_what_was_taken_back_or_changed_is_handed_over_again(session, sign_in, world, at):
    client = sign_in(world.delegate)
    client.submit(f"{at}/hand-over")
    sending = session.scalars(select(Sending.id)).one()
    session.commit()
    client.submit(f"/sendings/{sending}/withdraw")
    client.submit(f"{at}/hand-over")
    client.submit(f"/items/{world.item.id}/notes", text="Bổ sung: thời hạn giao đất")
    client.submit(f"{at}/hand-over")
    assert parcels(session) == [(2, True), (2, False), (3, False)]


def test_the_same_words_of_a_colleague_are_handed_over_too(session, sign_in, world, at):
    factories.note(session, world.other_delegate, item_id=world.item.id, text=WORDS)
    session.commit()
    for delegate in (world.delegate, world.other_delegate, world.delegate):
        sign_in(delegate).submit(f"{at}/hand-over")
    assert parcels(session) == [(2, False), (2, False)]


def test_a_recalled_paper_leaves_the_list_and_the_parcel_with_the_words_alone(
    session, sign_in, world, at
):
    recall(session)
    client = sign_in(world.delegate)
    listed = client.get(at).text
    assert WORDS in listed
    assert "1 ghi chú của đồng chí" in listed
    client.submit(f"{at}/hand-over")
    assert parcels(session) == [(1, False)]
    for page in (listed, client.get("/notes/sent").text):
        assert QUOTE not in page
        assert PAPER not in page


def test_a_parcel_handed_over_before_the_recall_shows_no_page_of_it_after(
    session, sign_in, world, at
):
    sign_in(world.delegate).submit(f"{at}/hand-over")
    sending = session.scalars(select(Sending.id)).one()
    recall(session)
    office = sign_in(world.clerk)
    office.submit(f"/sendings/{sending}/open")
    page = office.get("/notes/received").text
    assert WORDS in page
    for gone in (QUOTE, PAPER, "Trang 4"):
        assert gone not in page


def test_an_office_that_may_not_read_the_paper_gets_the_words_alone(session, sign_in, world, at):
    session.query(factories.Document).update({"access_level": AccessLevel.INTERNAL})
    session.merge(world.clerk).clearance = AccessLevel.NORMAL
    session.commit()
    sign_in(world.delegate).submit(f"{at}/hand-over")
    sending = session.scalars(select(Sending.id)).one()
    session.commit()
    office = sign_in(world.clerk)
    office.submit(f"/sendings/{sending}/open")
    page = office.get("/notes/received").text
    assert WORDS in page
    assert QUOTE not in page
    assert PAPER not in page


def test_handing_over_tells_the_audit_how_many_and_no_word(session, sign_in, world, at):
    sign_in(world.delegate).submit(f"{at}/hand-over")
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "note:send")).one()
    expected = {"meeting": str(world.meeting.id), "to": "office", "notes": 2}
    assert entry.detail == expected
    told = [one.detail for one in session.scalars(select(AuditEntry))]
    told = json.dumps(told, ensure_ascii=False, default=str)
    for secret in (WORDS, QUOTE, PAPER):
        assert secret not in told


def test_without_a_note_there_is_nothing_to_hand_over(session, sign_in, world, at):
    clerk = sign_in(world.clerk)
    page = clerk.get(at).text
    assert "hand-over" not in page
    assert OTHERS not in page
    answer = clerk.submit(f"{at}/hand-over")
    assert answer.location == at
    assert parcels(session) == []


def test_a_planned_meeting_has_no_list_for_a_delegate(session, sign_in, world, at):
    planned = f"/meetings/{world.planned_meeting.id}/notes"
    client = sign_in(world.delegate)
    assert client.get(planned).status_code == 404
    assert client.submit(f"{planned}/hand-over").status_code == 404
    assert parcels(session) == []


@pytest.mark.parametrize(("after", "is_gone"), [(-SECOND, False), (0 * SECOND, True)])
def test_notes_go_at_the_second_that_was_said_and_not_before(
    session, sign_in, world, at, monkeypatch, after, is_gone
):
    keep(session, world)
    monkeypatch.setattr(clock, "now", lambda: CLOSED + timedelta(days=30) + after)
    services.purge(session)
    assert living(session) == ([OTHERS] if is_gone else [WORDS, QUOTE, OTHERS])
    lines = select(AuditEntry.detail).where(AuditEntry.action == "note:purge")
    assert session.scalars(lines).all() == ([{"notes": 2}] if is_gone else [])


@pytest.mark.parametrize(("before", "warned"), [(SECOND, 0), (0 * SECOND, 2), (-SECOND, 2)])
def test_the_warning_comes_fourteen_days_before(session, world, at, monkeypatch, before, warned):
    keep(session, world)
    end = CLOSED + timedelta(days=30)
    monkeypatch.setattr(clock, "now", lambda: end - queries.NOTICE - before)
    found = queries.warning(session, by=world.delegate)
    assert (found.count if found else 0) == warned
    assert found is None or found.first == end


def test_the_warning_names_the_day_as_the_calendar_here_reads_it(session, sign_in, world, at):
    """What ends at half past eleven at night of UTC ends on the next day in Vietnam."""
    late = datetime(2100, 3, 9, 23, 30, tzinfo=UTC)
    session.merge(world.meeting).closed_at = late - timedelta(days=30)
    keep(session, world)
    assert "2 ghi chú sẽ bị xóa từ ngày 10/03/2100" in sign_in(world.delegate).get(at).text


def test_a_shorter_time_said_late_still_leaves_fourteen_days(session, world, at, monkeypatch):
    said = CLOSED + timedelta(days=300)
    monkeypatch.setattr(clock, "now", lambda: said)
    services.keep_for(session, world.office, 30)
    session.commit()
    for days, expected in ((13, 3), (14, 0)):
        moment = said + timedelta(days=days)
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        services.purge(session)
        assert len(living(session)) == expected


def test_saying_the_same_again_does_not_begin_the_notice_anew(session, world, at, monkeypatch):
    services.keep_for(session, world.office, 30)
    since = session.get_one(NoteKeeping, world.office.id).since
    monkeypatch.setattr(clock, "now", lambda: since + timedelta(days=5))
    services.keep_for(session, world.office, 30)
    assert session.get_one(NoteKeeping, world.office.id).since == since
    services.keep_for(session, world.office, 90)
    assert session.get_one(NoteKeeping, world.office.id).since > since


def test_the_nightly_job_empties_and_copies_that_were_sent_stay(
    installation, session, sign_in, world, at
):
    client = sign_in(world.delegate)
    client.submit(f"{at}/hand-over")
    keep(session, world)
    for _ in range(2):
        jobs.enqueue(session, tasks.KIND, {}, key="tonight")
        session.commit()
        while jobs.run_next(installation, "test"):
            pass
    assert living(session) == [OTHERS]
    lines = select(AuditEntry.detail).where(AuditEntry.action == "note:purge")
    assert session.scalars(lines).all() == [{"notes": 2}], "the second night found nothing"
    session.commit()
    assert WORDS in client.get("/notes/sent").text
    assert WORDS not in client.get(at).text


@pytest.mark.parametrize("sent", ["", "7", "-1", "abc", "30.5", "\x00", "9" * 40])
def test_another_number_of_days_is_refused_at_the_field(session, sign_in, world, sent: str):
    address, client = f"/bodies/{world.office.id}/notes", sign_in(world.administrator)
    answer = client.submit(address, days=sent)
    assert answer.status_code == 422
    assert "không còn trong danh sách" in answer.text.split("days-error", 1)[1]
    assert session.get(NoteKeeping, world.office.id) is None


@pytest.mark.parametrize("who", ["clerk", "delegate", "researcher", "outsider", None])
def test_without_the_right_nobody_says_how_long(session, sign_in, world, who):
    address = f"/bodies/{world.office.id}/notes"
    client = sign_in(who and getattr(world, who))
    answer = client.submit(address, days="30")
    assert answer.status_code in ((404,) if who else (302, 303))
    assert session.get(NoteKeeping, world.office.id) is None


def test_a_body_speaks_for_itself_alone(session, sign_in, world, at):
    another = factories.user(session, (Role.ADMINISTRATOR, world.province))
    session.commit()
    sign_in(another).submit(f"/bodies/{world.province.id}/notes", days="30")
    services.purge(session)
    assert living(session) == [WORDS, QUOTE, OTHERS]
