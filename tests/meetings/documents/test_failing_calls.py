"""Whatever call to disk or database fails: what was acknowledged is there, nothing half is seen."""

import gc
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from meetings import jobs, vault
from meetings.archive import tasks as archive_tasks
from meetings.documents import services, tasks
from meetings.documents.quarantine.services import examine, let_go
from meetings.documents.queries import current_version, named_files, page_text, pages_of
from meetings.installation import Installation
from meetings.models import AccessLevel, Body, Document, DocumentVersion, Job, VersionState
from tests import papers
from tests.faults import Faults, each_fault

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


@dataclass
class Office:
    """An installation of its own, and a paper that the sandbox has looked at before."""

    installation: Installation
    body: Body
    content: bytes
    verdict: object

    @property
    def folder(self) -> Path:
        return self.installation.settings.instance

    def receive(self) -> Document:
        """Do what the page of an upload does after the sandbox."""
        file = papers.received(self.installation, self.content)
        try:
            return self.installation.database.write(
                lambda session: services.receive(
                    session, self.installation, file, self.verdict,
                    body=session.get_one(Body, self.body.id),
                    access_level=AccessLevel.NORMAL, by=None,
                )
            )  # fmt: skip
        finally:
            let_go(file)

    def documents(self) -> set[UUID]:
        with self.installation.database.reading() as session:
            return set(session.scalars(select(Document.id)))

    def order(self, kind: str, document: Document | None = None) -> jobs.Run:
        """Return a run at the newest job of a kind, or at that of a document."""
        with self.installation.database.reading() as session:
            query = select(Job).where(Job.kind == kind).order_by(Job.id.desc())
            if document:
                query = query.where(Job.dedupe_key.endswith(str(document.id)))
            job = session.scalars(query.limit(1)).one()
        return jobs.Run(self.installation, job.id, job.payload)

    def check_files(self) -> None:
        """Every file that a row names is there, whole; every original is what was sent."""
        store = self.installation.store
        with self.installation.database.reading() as session:
            for digest in named_files(session):
                assert store.verify(digest)
            for version in session.scalars(select(DocumentVersion)):
                plain = store.read(version.blob, key=vault.storage_key(self.keys, version))
                assert hashlib.sha256(plain).hexdigest() == version.plain_sha256
                assert plain == self.content
                pages = pages_of(session, version)
                assert (version.state is VersionState.READY) is (len(pages) == version.page_count)
                assert pages == [] or len(pages) == version.page_count

    @property
    def keys(self):
        return self.installation.keys


@pytest.fixture
def office(settings, world, monkeypatch):
    """The office, with the pages that the sandbox makes once handed out each time."""
    installation = Installation(settings)
    content = papers.pdf(*papers.TEXTS)
    file = papers.received(installation, content)
    office = Office(installation, world.office, content, examine(file))
    output = settings.instance.parent / "pages"
    output.mkdir()
    with file.laid_out() as path:
        pages = list(tasks.prepare_pages(path, output, range(1, len(papers.TEXTS) + 1)))
    let_go(file)
    renditions = {path.name: path.read_bytes() for path in output.iterdir()}

    def hand_out(_file: Path, folder: Path, _numbers: range):
        with office.faults.resting():
            for name, content in renditions.items():
                (folder / name).write_bytes(content)
        yield from pages

    office.faults = Faults(settings.instance, 0, None)
    monkeypatch.setattr(tasks, "prepare_pages", hand_out)
    _ = installation.keys.roots
    yield office
    installation.close()


def test_receiving_keeps_a_file_or_says_why_not(office):
    def act(_ground, _faults) -> Document:
        return office.receive()

    for before, document, problem in each_fault(office.folder, office.documents, act):
        there = office.documents() - before
        assert there == ({document.id} if problem is None else set())
        office.check_files()
        again = office.receive()
        assert office.documents() == before | there | {again.id}
    office.check_files()


def test_preparing_ends_with_every_page_or_none(office):
    def act(document: Document, faults: Faults) -> None:
        office.faults = faults
        tasks.prepare(office.order("documents.prepare", document))

    for document, _, problem in each_fault(office.folder, office.receive, act):
        office.check_files()
        with office.installation.database.reading() as session:
            version = current_version(session, session.get_one(Document, document.id))
            assert (version.state is VersionState.READY) is (problem is None)
        tasks.prepare(office.order("documents.prepare", document))
        with office.installation.database.reading() as session:
            version = current_version(session, session.get_one(Document, document.id))
            assert version.state is VersionState.READY
            texts = [page_text(office.installation, page) for page in pages_of(session, version)]
        assert [papers.TEXTS[n].split()[0] in text for n, text in enumerate(texts)] == [True] * 3
        office.check_files()


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
        office.check_files()
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

    for document, _, problem in each_fault(office.folder, lambda: prepared(office), act):
        known = office.installation.index.versions()
        assert str(document.id) in known or problem is not None
        archive_tasks.renew(office.order("archive.index", document))
        assert known.keys() | {str(document.id)} == office.installation.index.versions().keys()
