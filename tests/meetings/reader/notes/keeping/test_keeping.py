"""After a meeting: a private list, handed over as one, emptied only where a body says so."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from meetings import clock
from meetings.models import AuditEntry, MeetingState, Note, NoteKeeping, NoteKind, NotePlacement
from meetings.reader.notes.keeping import services, tasks
from tests import factories

LONG_AGO = timedelta(days=100)


@pytest.fixture
def notes(session, world):
    """Notes of the delegate at the closed meeting, and what has nothing to do with it."""
    moment = clock.now() - LONG_AGO
    world.meeting.state, world.meeting.closed_at = MeetingState.CLOSED, moment
    session.merge(world.meeting)
    document = factories.document(session, world.office, title="Báo cáo kinh tế")
    factories.paper(session, world.item, document)
    marked = {"kind": NoteKind.HIGHLIGHT, "page": 2, "quote": "tăng 5,2 %", "text": ""}
    on_paper = factories.note(
        session, world.delegate, document_id=document.id, updated_at=moment, **marked
    )
    at_item = factories.note(
        session, world.delegate, item_id=world.item.id, text="Hỏi kinh phí", updated_at=moment
    )
    factories.note(session, world.delegate, text="Ở chỗ khác", updated_at=moment)
    factories.note(session, world.other_delegate, item_id=world.item.id, text="Của người khác")
    session.commit()
    return on_paper, at_item


def keep(session, world, days: int, since: timedelta = LONG_AGO) -> None:
    row = NoteKeeping(body_id=world.meeting.body_id, days=days, since=clock.now() - since)
    session.merge(row)
    session.commit()


def living(session) -> set[str]:
    query = select(Note.text).where(Note.deleted_at.is_(None), Note.text != "")
    found = set(session.scalars(query))
    session.commit()
    return found


def test_the_notes_of_a_meeting_are_one_private_list(sign_in, world, notes):
    page = sign_in(world.delegate).get(f"/meetings/{world.meeting.id}/notes").text
    for words in ("2 ghi chú của đồng chí", "tăng 5,2 %", "Hỏi kinh phí", "Báo cáo kinh tế"):
        assert words in page
    assert "Chỉ mình đồng chí thấy ghi chú" in page
    for others in ("Ở chỗ khác", "Của người khác", "sẽ bị xóa"):
        assert others not in page
    office = sign_in(world.clerk).get(f"/meetings/{world.meeting.id}/notes").text
    assert "Hỏi kinh phí" not in office
    assert sign_in(world.outsider).get(f"/meetings/{world.meeting.id}/notes").status_code == 404


def test_they_are_handed_to_the_office_as_one(sign_in, world, notes):
    client, at = sign_in(world.delegate), f"/meetings/{world.meeting.id}/notes/hand-over"
    assert client.submit(at).status_code == 303
    office = sign_in(world.clerk)
    page = office.get("/notes/received").text
    assert "2 ghi chú" in page
    assert "Hỏi kinh phí" not in page
    [opened] = {part.split('"')[0] for part in page.split('action="')[1:] if "/open" in part[:60]}
    office.submit(opened)
    page = office.get("/notes/received").text
    for words in ("Hỏi kinh phí", "tăng 5,2 %", world.item.title):
        assert words in page
    assert "Của người khác" not in page
    assert sign_in(world.outsider).submit(at).status_code == 404
    empty = sign_in(world.clerk)
    empty.submit(at)
    assert "Đồng chí chưa gửi" in empty.get("/notes/sent").text


def test_without_a_word_of_the_body_everything_is_kept(session, world, notes):
    services.purge(session)
    assert living(session) == {"Hỏi kinh phí", "Ở chỗ khác", "Của người khác"}
    assert not tasks._is_wanted(session, None)


def test_what_is_over_its_days_is_emptied_and_counted_without_a_word(
    installation, session, world, notes
):
    on_paper, _at_item = notes
    document = session.get_one(factories.Document, on_paper.document_id)
    keys, store = installation.keys, installation.store
    later = factories.version(session, keys, store, document, b"%PDF-later")
    placed = NotePlacement(note_id=on_paper.id, version_id=later.id, revision=1, page=2)
    session.add(placed)
    keep(session, world, 30)
    assert tasks._is_wanted(session, None)
    services.purge(session)
    assert living(session) == {"Ở chỗ khác", "Của người khác"}
    assert session.scalars(select(NotePlacement)).all() == []
    assert session.get_one(Note, on_paper.id).quote == ""
    lines = session.scalars(select(AuditEntry).where(AuditEntry.action == "note:purge")).all()
    assert [line.detail for line in lines] == [{"notes": 2}]


@pytest.mark.parametrize("cause", ["another meeting", "changed since", "said lately", "not closed"])
def test_nothing_goes_before_its_time(session, world, notes, cause: str):
    on_paper, at_item = notes
    keep(session, world, 30, timedelta(0) if cause == "said lately" else LONG_AGO)
    if cause == "another meeting":
        other = factories.meeting(session, world.commune)
        document = session.get_one(factories.Document, on_paper.document_id)
        factories.paper(session, factories.item(session, other), document)
        session.merge(at_item).deleted_at = clock.now()
    if cause == "changed since":
        for note in notes:
            session.merge(note).updated_at = clock.now()
    if cause == "not closed":
        session.merge(world.meeting).closed_at = None
    session.commit()
    before = session.get_one(Note, on_paper.id).quote
    services.purge(session)
    assert session.get_one(Note, on_paper.id).quote == before != ""


def test_the_authors_are_warned_in_time(session, sign_in, world, notes):
    keep(session, world, 365)
    client = sign_in(world.delegate)
    assert "sẽ bị xóa" not in client.get("/notes").text
    assert "2 ghi chú sẽ bị xóa" in client.get(f"/meetings/{world.meeting.id}/notes").text
    keep(session, world, 110)
    assert "2 ghi chú sẽ bị xóa" in client.get("/notes").text
    assert "sẽ bị xóa" not in sign_in(world.other_delegate).get("/notes").text


def test_who_keeps_the_body_says_how_long(session, sign_in, world):
    at, client = f"/bodies/{world.office.id}/notes", sign_in(world.administrator)
    for days, expected in (("90", 90), ("0", None), ("30", 30), ("30", 30)):
        assert client.submit(at, days=days).status_code == 303
        kept = select(NoteKeeping.days).where(NoteKeeping.body_id == world.office.id)
        assert session.scalar(kept) == expected
        session.commit()
    assert client.submit(at, days="7").status_code == 422
    assert at in client.get(f"/bodies/{world.office.id}").text
    for stranger in (world.clerk, world.delegate):
        assert sign_in(stranger).get(at).status_code == 404
    action = select(AuditEntry.action).where(AuditEntry.action == "body:keep")
    assert len(session.scalars(action).all()) >= 4
