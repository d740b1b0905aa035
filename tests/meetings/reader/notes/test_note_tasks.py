"""Notes go with their words to a new version; what finds no place is counted and listed."""

import json
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from meetings import clock, jobs, vault
from meetings.models import Note, NoteKind, NotePlacement
from meetings.reader.notes import operations, queries, services, tasks
from tests import factories, papers

OLD = "giao Sở Tài chính chủ trì tham mưu 120 tỷ đồng trong tháng 6"
NEW = "Tờ trình giao Sở Tài chính chủ trì tham mưu 150 tỷ đồng trong tháng 6"


def words(text: str) -> list[dict]:
    return [
        {"text": word, "x": 0.05 + 0.055 * at, "y": 0.1, "w": 0.05, "h": 0.02}
        for at, word in enumerate(text.split())
    ]


@pytest.fixture
def paper(session, installation, world):
    """A released paper with two versions, and a delegate's notes on the older one."""
    document = factories.document(session, world.office)
    factories.paper(session, session.merge(world.item), document)
    versions = []
    for number, text in enumerate((OLD, NEW), 1):
        keys, store = installation.keys, installation.store
        version = factories.version(session, keys, store, document, text.encode(), number=number)
        session.refresh(version)
        key = vault.reading_key(keys, version)
        name = store.put_bytes(json.dumps(words(text)).encode(), key=key).digest
        factories.page(session, version, words=name)
        versions.append(version)
    versions[0].superseded_at = clock.now()
    place = {"document_id": document.id, "version_id": versions[0].id, "page": 1}
    highlight = {"kind": NoteKind.HIGHLIGHT, "text": ""} | place
    kept = factories.note(
        session, world.delegate, shape={"from": 1, "to": 3, "color": "yellow"},
        quote="Sở Tài chính", **highlight,
    )  # fmt: skip
    lost = factories.note(
        session, world.delegate, shape={"from": 7, "to": 9}, quote="120 tỷ đồng", **highlight
    )
    drawn = factories.note(
        session, world.delegate, kind=NoteKind.INK, text="",
        shape={"lines": [[7000, 8000, 30, 40]]}, **place,
    )  # fmt: skip
    factories.note(session, world.other_delegate, text="của người khác", **place)
    session.commit()
    found = SimpleNamespace(
        document=document.id,
        old=versions[0].id,
        new=versions[1].id,
        kept=kept.mark,
        lost=lost.mark,
        drawn=drawn.mark,
    )
    session.rollback()
    return found


def move(installation, paper) -> None:
    order = {"document": str(paper.document)}
    installation.database.write(
        lambda session: jobs.enqueue(session, "notes.move", order, key="notes")
    )
    papers.work(installation)


def sent(client, paper) -> dict:
    notes = client.get(f"/documents/{paper.document}/notes").json["notes"]
    return {note["mark"]: note for note in notes}


def test_notes_are_sent_where_their_words_are_now(installation, world, sign_in, paper):
    client = sign_in(world.delegate)
    assert sent(client, paper)[str(paper.kept)]["page"] is None
    move(installation, paper)
    notes = sent(client, paper)
    kept, lost = notes[str(paper.kept)], notes[str(paper.lost)]
    assert (kept["version"], kept["page"]) == (str(paper.new), 1)
    assert (kept["shape"]["from"], kept["shape"]["to"], kept["shape"]["color"]) == (3, 5, "yellow")
    assert kept["shape"]["rects"] == [[2150, 1000, 1600, 200]]
    assert (lost["page"], lost["left"], lost["version"]) == (None, 1, str(paper.old))
    assert len(notes) == 3


def test_the_rest_is_listed_for_its_author_alone(installation, world, sign_in, paper):
    move(installation, paper)
    address = f"/documents/{paper.document}/notes/left"
    page = sign_in(world.delegate).get(address).text
    assert "120 tỷ đồng" in page
    assert "Sở Tài chính" not in page
    assert "của người khác" not in page
    assert 'd="M7000 8000l30 40"' in page
    assert "Mọi ghi chú" in sign_in(world.clerk).get(address).text
    assert sign_in(world.outsider).get(address).status_code == 404


def test_a_note_is_placed_once_and_anew_when_it_changed(installation, session, paper):
    move(installation, paper)
    rows = session.scalars(select(NotePlacement)).all()
    assert len(rows) == 4
    note = session.scalars(select(Note).where(Note.mark == paper.lost)).one()
    services.rewrite(note, "đã sửa")
    session.commit()
    session.rollback()
    move(installation, paper)
    session.expire_all()
    revisions = {row.note_id: row.revision for row in session.scalars(select(NotePlacement))}
    assert revisions[note.id] == note.revision == 2


def test_without_pages_or_versions_nothing_moves(installation, session, paper):
    for page in session.scalars(select(tasks.DocumentVersion)).all():
        page.reading_key = None
    session.commit()
    session.rollback()
    move(installation, paper)
    assert {row.page for row in session.scalars(select(NotePlacement))} == {None}
    session.rollback()
    move(installation, SimpleNamespace(document=world_without()))


def world_without():
    return "00000000-0000-7000-8000-000000000000"


def change(paper, mark, version, **facts) -> list:
    one = {"op": str(mark), "mark": str(mark), "kind": "highlight", "base": 1} | facts
    place = {"document": str(paper.document), "version": str(version), "page": 1}
    return operations.read(json.dumps([one | place]))


def test_a_change_made_on_the_new_version_takes_the_note_there(session, world, paper):
    shape = {"from": 9, "to": 9}
    services.apply(session, change(paper, paper.lost, paper.new, shape=shape), by=world.delegate)
    note = session.scalars(select(Note).where(Note.mark == paper.lost)).one()
    assert (note.version_id, note.shape) == (paper.new, shape)
    earlier = change(paper, paper.lost, paper.old, op=str(paper.kept), shape={"from": 0}, base=2)
    services.apply(session, earlier, by=world.delegate)
    assert (note.version_id, note.shape) == (paper.new, shape)


def test_what_comes_late_from_an_earlier_version_is_moved_too(session, world, paper):
    services.apply(session, change(paper, paper.new, paper.old), by=world.delegate)
    assert jobs.latest(session, f"notes:{paper.document}")
    left = queries.left_behind(
        session, session.get(tasks.Document, paper.document), by=world.delegate
    )
    assert len(left) == 4


def test_notes_of_a_version_that_was_undone_go_back_with_their_words(
    installation, session, world, sign_in, paper
):
    session.get_one(tasks.DocumentVersion, paper.new).superseded_at = clock.now()
    session.get_one(tasks.DocumentVersion, paper.old).superseded_at = None
    note = factories.note(
        session, world.delegate, kind=NoteKind.HIGHLIGHT, text="", quote="Sở Tài chính",
        document_id=paper.document, version_id=paper.new, page=1, shape={"from": 3, "to": 5},
    )  # fmt: skip
    mark = str(note.mark)
    session.commit()
    move(installation, paper)
    back = sent(sign_in(world.delegate), paper)[mark]
    assert (back["version"], back["page"]) == (str(paper.old), 1)
    assert (back["shape"]["from"], back["shape"]["to"]) == (1, 3)
