"""Whatever call to disk or database fails: what was acknowledged is there, nothing half is seen."""

import gc
from collections.abc import Iterator

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from meetings import jobs
from meetings.agenda import services as agenda
from meetings.archive import tasks as archive_tasks
from meetings.documents import services, tasks
from meetings.documents.queries import current_version, page_text, pages_of
from meetings.models import AgendaPaper, Document, DocumentVersion, Event, User, VersionState
from tests import factories, papers
from tests.faults import Faults, each_fault
from tests.meetings.documents.office import Office

TOLD = select(func.count(Event.seq)).where(Event.kind == "release")

pytestmark = [
    pytest.mark.long,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture(autouse=True)
def _collected() -> Iterator[None]:
    """Close here what a failing call left open, not in the midst of another test."""
    yield
    gc.collect()


def test_receiving_keeps_a_file_or_says_why_not(office):
    def act(_ground, _faults) -> Document:
        return office.receive()

    for before, document, problem in each_fault(office.folder, office.documents, act):
        there = office.documents() - before
        assert there == ({document.id} if problem is None else set())
        for identity in there:
            office.check_files(identity)
        again = office.receive()
        assert office.documents() == before | there | {again.id}
    office.check_files()


def test_preparing_ends_with_every_page_or_none(office):
    def act(document: Document, faults: Faults) -> None:
        office.faults = faults
        tasks.prepare(office.order("documents.prepare", document))

    for document, _, problem in each_fault(office.folder, office.receive, act):
        office.check_files(document.id)
        with office.installation.database.reading() as session:
            version = current_version(session, session.get_one(Document, document.id))
            assert (version.state is VersionState.READY) is (problem is None)
        tasks.prepare(office.order("documents.prepare", document))
        with office.installation.database.reading() as session:
            version = current_version(session, session.get_one(Document, document.id))
            assert version.state is VersionState.READY
            texts = [page_text(office.installation, page) for page in pages_of(session, version)]
        assert [papers.TEXTS[n].split()[0] in text for n, text in enumerate(texts)] == [True] * 3
        office.check_files(document.id)


def prepared(office: Office) -> Document:
    document = office.receive()
    tasks.prepare(office.order("documents.prepare", document))
    return document


def test_a_recall_takes_the_key_or_leaves_all_as_it_was(office):
    def act(document: Document, _faults) -> None:
        office.installation.database.write(
            lambda s: services.withdraw(s, s.get_one(Document, document.id))
        )

    for document, _, problem in each_fault(office.folder, lambda: prepared(office), act):
        with office.installation.database.reading() as session:
            version = current_version(session, session.get_one(Document, document.id))
            pages = pages_of(session, version)
        assert (version.reading_key is None) is (problem is None)
        assert (version.state is VersionState.READY) is (problem is not None)
        assert len(pages) == (version.page_count if problem else 0)
        office.check_files(document.id)
        act(document, None)
        with office.installation.database.reading() as session:
            assert session.get_one(DocumentVersion, version.id).reading_key is None


def test_files_that_are_discarded_are_gone_in_the_end_and_others_never(office):
    kept = prepared(office)

    def recalled() -> tuple[jobs.Run, set[str]]:
        document = prepared(office)
        office.installation.database.write(
            lambda s: services.withdraw(s, s.get_one(Document, document.id))
        )
        run = office.order("documents.discard")
        return run, set(run.payload["blobs"])

    def act(ground, _faults) -> None:
        tasks.remove_files(ground[0])

    store = office.installation.store
    for (run, blobs), _, problem in each_fault(office.folder, recalled, act):
        left = {digest for digest in blobs if store.has(digest)}
        assert problem is not None or not left
        tasks.remove_files(run)
        assert not any(store.has(digest) for digest in blobs)
    office.check_files()
    with office.installation.database.reading() as session:
        assert current_version(session, session.get_one(Document, kept.id)).reading_key


def test_indexing_puts_a_document_into_the_index_or_leaves_it_as_it_was(office):
    def act(document: Document, _faults) -> None:
        archive_tasks.renew(office.order("archive.index", document))

    def ground() -> Document:
        document = prepared(office)
        office.find_anew(document)
        return document

    for document, _, problem in each_fault(office.folder, ground, act):
        known = office.installation.index.versions()
        assert str(document.id) in known or problem is not None
        archive_tasks.renew(office.order("archive.index", document))
        assert known.keys() | {str(document.id)} == office.installation.index.versions().keys()


def test_a_release_is_told_with_its_paper_or_did_not_happen(office, session, world):
    document = session.get_one(Document, prepared(office).id)
    item = factories.item(session, session.merge(world.meeting))
    paper = factories.paper(session, item, document, released_at=None)
    session.commit()
    session.rollback()
    database = office.installation.database

    def lay_back() -> int:
        def change(session: Session) -> int:
            row = session.get_one(AgendaPaper, paper.id)
            row.released_at = None
            return session.scalar(TOLD)

        return database.write(change)

    def act(_ground, _faults) -> None:
        database.write(
            lambda s: agenda.release_paper(
                s, s.get_one(AgendaPaper, paper.id), by=s.get_one(User, world.clerk.id)
            )
        )

    for told, _, problem in each_fault(office.folder, lay_back, act):
        with database.reading() as reading:
            assert reading.get_one(AgendaPaper, paper.id).is_out is (problem is None)
            assert (reading.scalar(TOLD) > told) is (problem is None)
    office.check_files()
