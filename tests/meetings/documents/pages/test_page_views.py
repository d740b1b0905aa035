"""Pages changed by the real steps: form, job, sandbox, and back again."""

import io
from uuid import uuid4

import pikepdf
import pytest
from sqlalchemy import select

from meetings import jobs
from meetings.documents.pages import tasks
from meetings.documents.queries import current_version
from meetings.models import Document, DocumentVersion, Job, JobState, KeptPack
from tests import factories


def made(sizes):
    """Return a PDF whose pages are told by their widths."""
    pdf, target = pikepdf.new(), io.BytesIO()
    for size in sizes:
        pdf.add_blank_page(page_size=(size, 500))
    pdf.save(target)
    return target.getvalue()


@pytest.fixture
def take(session, installation, world):
    """Return what takes in a paper with pages of such widths, and gives its id."""

    def taken(*widths):
        row = factories.document(session, world.office)
        store, content = installation.store, made(widths)
        factories.version(session, installation.keys, store, row, content, page_count=len(widths))
        session.commit()
        identity = row.id
        session.rollback()
        return identity

    return taken


@pytest.fixture
def document(take):
    """The id of a paper with three pages."""
    return take(301, 302, 303)


@pytest.fixture
def clerk(sign_in, world, document):
    return sign_in(world.clerk)


@pytest.fixture
def work(session, installation):
    """Return what lets the worker do the change of pages alone."""

    def run():
        session.rollback()
        waiting = Job.kind == "documents.edit", Job.state == JobState.WAITING
        for job in session.scalars(select(Job).where(*waiting)).all():
            identity, payload = job.id, dict(job.payload)
            session.rollback()
            tasks.edit(jobs.Run(installation, identity, payload))
            session.get_one(Job, identity).state = JobState.DONE
            session.commit()

    return run


def widths(client, document):
    content = client.get(f"/documents/{document}/original").data
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return [(int(page.MediaBox[2]), int(page.obj.get("/Rotate", 0))) for page in pdf.pages]


def test_pages_are_moved_turned_and_dropped_and_come_back(clerk, document, work):
    at = f"/documents/{document}/pages"
    sent = {"order": "3:90 1:0", "join": ""}
    assert clerk.submit(at, **sent).status_code == 303
    assert "đang được sắp xếp" in clerk.get(at).text
    work()
    assert widths(clerk, document) == [(303, 90), (301, 0)]
    assert clerk.submit(f"{at}/undo").status_code == 303
    assert widths(clerk, document) == [(301, 0), (302, 0), (303, 0)]
    assert clerk.submit(f"{at}/undo").status_code == 303
    assert "Không có lần sửa trang nào" in clerk.get(at).text


def states(session, document):
    """Return number and currency of each version, the earliest first."""
    query = select(DocumentVersion).where(DocumentVersion.document_id == document)
    rows = session.scalars(query.order_by(DocumentVersion.number)).all()
    found = [(row.number, row.superseded_at is None) for row in rows]
    session.rollback()
    return found


@pytest.mark.parametrize("kept", ["note", "pack"])
def test_a_version_with_notes_or_on_a_tablet_outlives_its_undoing(
    session, clerk, world, document, work, kept
):
    at = f"/documents/{document}/pages"
    clerk.submit(at, order="3:0 1:0", join="")
    work()
    version = current_version(session, session.get_one(Document, document)).id
    if kept == "note":
        factories.note(session, world.clerk, document_id=document, version_id=version, page=2)
    else:
        pack = KeptPack(user_id=world.clerk.id, tablet=uuid4(), version_id=version)
        factories.add(session, pack)
    session.commit()
    assert clerk.submit(f"{at}/undo").status_code == 303
    assert states(session, document) == [(1, True), (2, False)]
    assert widths(clerk, document) == [(301, 0), (302, 0), (303, 0)]
    moves = select(Job.payload).where(Job.kind == "notes.move", Job.state == JobState.WAITING)
    assert session.scalars(moves).all() == [{"document": str(document)}]
    session.rollback()
    clerk.submit(at, order="2:0", join="")
    work()
    assert widths(clerk, document) == [(302, 0)]
    assert clerk.submit(f"{at}/undo").status_code == 303
    assert states(session, document) == [(1, True), (2, False)]
    assert widths(clerk, document) == [(301, 0), (302, 0), (303, 0)]


def test_the_file_as_it_came_is_kept(session, clerk, document, work):
    before = session.scalars(select(DocumentVersion.blob)).one()
    session.rollback()
    clerk.submit(f"/documents/{document}/pages", order="1:0", join="")
    work()
    first, second = session.scalars(select(DocumentVersion).order_by(DocumentVersion.number)).all()
    assert (first.blob, second.number, second.page_count) == (before, 2, 1)


def test_the_plain_form_works_without_scripts(clerk, document, work):
    fields = {f"position-{n}": str(4 - n) for n in (1, 2, 3)} | {"drop-2": "on", "turn-1": "180"}
    clerk.submit(f"/documents/{document}/pages", join="", **fields)
    work()
    assert widths(clerk, document) == [(303, 0), (301, 180)]


def test_pages_of_another_paper_are_joined(take, clerk, document, work):
    other = take(401)
    clerk.submit(f"/documents/{document}/pages", order="1:0", join=str(other))
    work()
    assert [width for width, _turn in widths(clerk, document)] == [301, 401]


def test_pages_are_cut_off_into_a_paper_of_their_own(session, clerk, document, work):
    clerk.submit(f"/documents/{document}/pages", order="2:0", join="", split="1")
    work()
    (part,) = session.scalars(select(Document.id).where(Document.id != document)).all()
    session.rollback()
    assert widths(clerk, part) == [(302, 0)]
    assert len(widths(clerk, document)) == 3


def test_an_impossible_order_changes_nothing(session, clerk, document):
    at = f"/documents/{document}/pages"
    for order in ("9:0", "x"):
        assert clerk.submit(at, order=order, join="").status_code == 303
    assert clerk.submit(at, order="1:0", join="elsewhere").status_code == 422
    assert session.scalars(select(Job).where(Job.kind == "documents.edit")).all() == []


def test_a_change_of_a_version_that_was_superseded_is_passed_over(session, clerk, document, work):
    at = f"/documents/{document}/pages"
    clerk.submit(at, order="1:0", join="")
    work()
    session.rollback()
    job = session.scalars(select(Job).where(Job.kind == "documents.edit")).one()
    job.state = JobState.WAITING
    session.commit()
    work()
    row = session.get_one(Document, document)
    assert current_version(session, row).number == 2


@pytest.mark.parametrize("who", ["delegate", "outsider", "researcher"])
def test_nobody_else_changes_pages(sign_in, world, document, who):
    client = sign_in(getattr(world, who))
    at = f"/documents/{document}/pages"
    assert client.get(at).status_code == 404
    assert client.submit(at, order="1:0", join="").status_code == 404
    assert client.submit(f"{at}/undo").status_code == 404
