"""A paper with one's own notes upon its pages, as a PDF to take along."""

from io import BytesIO

import pikepdf
import pytest
from sqlalchemy import select

from meetings.documents.queries import current_version
from meetings.documents.services import withdraw
from meetings.models import NoteKind, NotePlacement, TakenCopy, Taking
from meetings.reader.notes.export.queries import notes_upon
from tests import factories, papers

INK = {"kind": NoteKind.INK, "shape": {"lines": [[2000, 3000, 500, 0]], "color": "red"}}
MARKED = {"kind": NoteKind.HIGHLIGHT, "shape": {"rects": [[1000, 1000, 900, 200]]}}


@pytest.fixture
def paper(session, installation, world):
    """A released paper on which the delegate wrote three notes, and a colleague one."""
    row = papers.laid_out(session, installation, world.office, title="Tờ trình về kinh phí")
    laid = factories.paper(session, world.item, row)
    at = {"document_id": row.id, "version_id": current_version(session, row).id}
    factories.note(session, world.delegate, page=1, text="", **at, **INK)
    factories.note(session, world.delegate, page=1, quote="kinh phí", text="", **at, **MARKED)
    factories.note(
        session, world.delegate, page=2, text="Hỏi Sở Tài chính", shape={"x": 1, "y": 1}, **at
    )
    factories.note(session, world.other_delegate, page=1, text="Của người khác", **at)
    gone = factories.note(session, world.delegate, page=1, text="Đã xóa", **at)
    gone.deleted_at = factories.clock.now()
    session.commit()
    return laid


def notes_in(client, document):
    """Return kind and words of the annotations on each page of the file."""
    with client.get(f"/documents/{document}/with-notes") as answer:
        assert answer.mimetype == "application/pdf"
        assert answer.headers["Cache-Control"] == "no-store"
        with pikepdf.open(BytesIO(answer.data)) as pdf:
            return [
                [(str(one.Subtype), str(one.Contents)) for one in page.get("/Annots", ())]
                for page in pdf.pages
            ]


def test_one_takes_ones_own_living_notes_along_and_nobody_elses(
    installation, sign_in, world, paper
):
    found = notes_in(sign_in(world.delegate), paper.document_id)
    assert found[:2] == [[("/Ink", ""), ("/Highlight", "")], [("/Text", "Hỏi Sở Tài chính")]]
    assert not any(found[2:])
    with installation.database.reading() as reading:
        (copy,) = reading.scalars(select(TakenCopy)).all()
    assert (copy.user_id, copy.document_id) == (world.delegate.id, paper.document_id)


def test_who_wrote_nothing_takes_the_paper_as_it_is(sign_in, world, paper):
    assert not any(notes_in(sign_in(world.clerk), paper.document_id))


@pytest.mark.parametrize("taking", [Taking.READ, Taking.PRINT])
def test_a_paper_that_may_not_leave_does_not_leave_with_notes_either(
    session, sign_in, world, paper, taking
):
    paper.taking = taking
    session.commit()
    client = sign_in(world.delegate)
    assert client.get(f"/documents/{paper.document_id}/with-notes").status_code == 404
    assert "with-notes" not in client.get("/notes").text


def test_a_recalled_paper_is_taken_along_by_nobody(session, installation, sign_in, world, paper):
    withdraw(session, paper.document)
    paper.recalled_at = factories.clock.now()
    session.commit()
    client = sign_in(world.delegate)
    assert client.get(f"/documents/{paper.document_id}/with-notes").status_code == 404
    assert "with-notes" not in client.get("/notes").text


def test_ones_list_names_the_papers_one_wrote_on(sign_in, world, paper):
    page = sign_in(world.delegate).get("/notes").text
    assert f"/documents/{paper.document_id}/with-notes" in page
    assert "with-notes" not in sign_in(world.outsider).get("/notes").text
    assert (
        sign_in(world.outsider).get(f"/documents/{paper.document_id}/with-notes").status_code == 404
    )


def test_a_note_that_moved_is_laid_where_it_stands_now_and_one_that_stands_nowhere_is_not(
    session, installation, world, paper
):
    document = paper.document
    older = current_version(session, document)
    older.superseded_at = factories.clock.now()
    newer = factories.version(
        session, installation.keys, installation.store, document, b"%PDF", number=2
    )
    session.flush()
    moved, *others = notes_upon(session, document, by=world.delegate) or [None]
    assert moved is None
    assert not others
    [ink, *_] = [
        note
        for note in session.query(factories.Note).filter_by(user_id=world.delegate.id)
        if note.kind is NoteKind.INK
    ]
    shape = {"lines": [[1, 1, 5, 5]]}
    session.add(NotePlacement(note_id=ink.id, version_id=newer.id, revision=1, page=2, shape=shape))
    session.flush()
    [only] = notes_upon(session, document, by=world.delegate)
    assert (only["page"], only["shape"]) == (2, shape)
