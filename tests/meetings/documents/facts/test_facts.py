import io

import pikepdf
import pytest

from meetings import clock
from meetings.agenda.services import lay_paper, release_paper
from meetings.documents.facts.queries import versions_of
from meetings.documents.queries import current_version
from meetings.documents.services import withdraw
from meetings.models import Document
from tests import factories, papers
from tests.meetings.intake.signatures import signing


@pytest.fixture(scope="module")
def content():
    """A signed paper that wants to start a script."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(papers.pdf("Tờ trình"))) as pdf:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        pdf.save(target)
    return signing.signed(target.getvalue())


@pytest.fixture
def document(installation, world, content):
    """The document, of which nobody holds the row."""
    return papers.prepared(installation, world.office, content=content)


@pytest.fixture
def row(session, document):
    return session.get_one(Document, document.id)


def test_the_facts_tell_of_signatures_and_of_what_was_taken_out(sign_in, world, document):
    page = sign_in(world.clerk).get(f"/documents/{document.id}/facts").text
    for words in ("Nguyễn Văn An", "Không xác định", "Nội dung đã ký còn nguyên", "Mã lệnh"):
        assert words in page
    edit = sign_in(world.clerk).get(f"/documents/{document.id}/edit").text
    assert "Nguyễn Văn An" in edit
    record = sign_in(world.clerk).get(f"/documents/{document.id}/record").text
    assert f"/documents/{document.id}/facts" in record


def test_the_copy_to_read_only_shows_and_the_original_stays_as_it_came(
    sign_in, world, document, content
):
    clerk = sign_in(world.clerk)
    assert clerk.get(f"/documents/{document.id}/original").data == content
    with clerk.get(f"/documents/{document.id}/copy") as copy:
        assert b"JavaScript" not in copy.data


@pytest.mark.parametrize("who", ["outsider", "administrator"])
@pytest.mark.parametrize("page", ["facts", "copy", "print", "original"])
def test_who_does_not_read_a_document_knows_nothing_of_it(sign_in, world, document, who, page):
    assert sign_in(getattr(world, who)).get(f"/documents/{document.id}/{page}").status_code == 404


def test_a_recall_takes_the_copy_away(session, installation, sign_in, world, row):
    kept, document = current_version(session, row).viewing, row.id
    withdraw(session, row)
    session.commit()
    assert sign_in(world.clerk).get(f"/documents/{document}/copy").status_code == 404
    papers.work(installation)
    assert kept not in set(installation.store.digests())
    assert current_version(session, row).viewing not in {None, kept}


def test_a_delegate_knows_only_versions_that_lay_before_them(session, installation, world, row):
    second = factories.version(
        session, installation.keys, installation.store, row, b"%PDF", number=2
    )
    first = next(v for v in versions_of(session, row, by=world.clerk) if v.number == 1)
    first.superseded_at = clock.now()
    paper = lay_paper(session, world.item, row)
    release_paper(session, paper, by=world.clerk)
    session.flush()
    assert versions_of(session, row, by=world.clerk) == [second, first]
    assert versions_of(session, row, by=world.delegate) == [second]
    paper.released_at = first.created_at
    session.flush()
    assert versions_of(session, row, by=world.delegate) == [second, first]


def test_pages_of_a_superseded_version_are_the_offices_alone(session, sign_in, world, row):
    version = current_version(session, row)
    paper = lay_paper(session, world.item, row)
    release_paper(session, paper, by=world.clerk)
    page = factories.page(session, version, number=9).id
    session.commit()
    at = f"/pages/{page}/words"
    version.superseded_at = clock.now()
    session.commit()
    assert sign_in(world.delegate).get(at).status_code == 404
