"""An office with a paper that is received and prepared over and over, at little cost."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from meetings import jobs, vault
from meetings.documents import services, tasks
from meetings.documents.quarantine.services import examine, let_go
from meetings.documents.queries import pages_of
from meetings.installation import Installation
from meetings.intake import Verdict
from meetings.models import AccessLevel, Body, Document, DocumentVersion, Job, VersionState
from meetings.settings import Settings
from tests import papers
from tests.faults import Faults


@dataclass
class Office:
    """An installation of its own, and a paper that the sandbox has looked at before."""

    installation: Installation
    body: Body
    content: bytes
    verdict: Verdict
    faults: Faults

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

    def find(self, identity: UUID) -> Document:
        with self.installation.database.reading() as session:
            return session.get_one(Document, identity)

    def find_anew(self, document: Document) -> None:
        """Queue the index, as the reading of a prepared paper does."""
        self.installation.database.write(
            lambda s: services.find_anew(s, s.get_one(Document, document.id))
        )

    def order(self, kind: str, document: Document | None = None) -> jobs.Run:
        """Return a run at the newest job of a kind, or at that of a document."""
        with self.installation.database.reading() as session:
            query = select(Job).where(Job.kind == kind).order_by(Job.id.desc())
            if document:
                query = query.where(Job.dedupe_key.endswith(str(document.id)))
            job = session.scalars(query.limit(1)).one()
        return jobs.Run(self.installation, job.id, job.payload)

    def check_files(self, document: UUID | None = None) -> None:
        """Every file that a row names is there, whole; every original is what was sent.

        Of one document, or of all: what one killed step does to the others shows in the end.
        """
        store, query = self.installation.store, select(DocumentVersion)
        if document:
            query = query.where(DocumentVersion.document_id == document)
        with self.installation.database.reading() as session:
            for version in session.scalars(query):
                plain = store.read(version.blob, key=vault.storage_key(self.keys, version))
                assert hashlib.sha256(plain).hexdigest() == version.plain_sha256
                assert plain == self.content
                pages = pages_of(session, version)
                own = filter(None, (version.blob, version.viewing, version.contents))
                for digest in [*own, *(name for page in pages for name in page.blobs)]:
                    assert store.verify(digest)
                there = {
                    VersionState.RECEIVED: 0,
                    VersionState.BEGUN: tasks.FIRST,
                    VersionState.READY: version.page_count,
                }
                assert [page.number for page in pages] == list(range(1, there[version.state] + 1))

    @property
    def keys(self):
        return self.installation.keys


def furnished(
    settings: Settings, body: Body, patch: pytest.MonkeyPatch, *texts: str
) -> Iterator[Office]:
    """Yield an office; the pages that the sandbox makes once are handed out each time."""
    installation = Installation(settings)
    texts = texts or papers.TEXTS
    content = papers.pdf(*texts)
    file = papers.received(installation, content)
    office = Office(installation, body, content, examine(file), Faults(settings.instance, 0, None))
    output = settings.instance.parent / "pages"
    output.mkdir()
    with file.laid_out() as path:
        pages = list(tasks.prepare_pages(path, output, range(1, len(texts) + 1)))
    let_go(file)
    renditions = {path.name: path.read_bytes() for path in output.iterdir()}

    def hand_out(_file: Path, folder: Path, numbers: list[int]):
        with office.faults.resting():
            for name, content in renditions.items():
                (folder / name).write_bytes(content)
        yield from (pages[number - 1] for number in numbers)

    patch.setattr(tasks, "prepare_pages", hand_out)
    _ = installation.keys.roots
    yield office
    installation.close()
