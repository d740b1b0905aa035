"""A recall that is killed at any moment took the key or left all as it was."""

from itertools import count
from uuid import UUID

import pytest
from sqlalchemy import select

import storage
from meetings import documents, jobs, models, vault
from meetings.agenda import services as agenda
from meetings.documents import tasks
from meetings.documents.queries import current_version, named_files, pages_of
from meetings.installation import Installation
from meetings.models import AgendaPaper, Document, DocumentVersion, Job, VersionState
from tests import factories
from tests.kills import code_of, killed, lines_of, moments

CODE = code_of(agenda, documents, storage, jobs, models, vault)

pytestmark = [pytest.mark.long, pytest.mark.sqlite]


@pytest.fixture
def shelf(installation, session, world):
    """Return what lays a prepared, released paper before an item, and tells both."""
    store, keys = installation.store, installation.keys
    numbers = count()

    def lay() -> tuple[UUID, UUID]:
        document = factories.document(session, world.office)
        content = f"original {next(numbers)}".encode()
        version = factories.version(session, keys, store, document, content)
        for number in (1, 2):
            names = ("small_image", "large_image", "thumbnail", "words", "text")
            blobs = {
                name: store.put_bytes(f"{name} {number} {content}".encode(), key=b"r" * 32).digest
                for name in names
            }
            factories.page(session, version, number=number, **blobs)
        paper = factories.paper(session, session.merge(world.item), document)
        found = paper.id, document.id
        session.commit()
        session.rollback()
        installation.database.close()
        return found

    return lay


def check(installation: Installation) -> None:
    """Every file that a row names is there, whole, and every original opens."""
    with installation.database.reading() as session:
        for digest in named_files(session):
            assert installation.store.verify(digest)
        for version in session.scalars(select(DocumentVersion)):
            assert installation.store.read(
                version.blob, key=vault.storage_key(installation.keys, version)
            )


def test_a_killed_recall_took_the_key_or_left_all_as_it_was(installation, shelf):
    settings = installation.settings

    def recall(identity):
        def act() -> None:
            own = Installation(settings)
            own.database.write(
                lambda s: agenda.recall_paper(s, s.get_one(AgendaPaper, identity), by=None)
            )
            own.close()

        return act

    _, kept = shelf()
    identity, _ = shelf()
    lines = lines_of(recall(identity), CODE)
    assert len(lines) > MANY
    outcomes = set()
    for step in moments(lines, 5):
        identity, named = shelf()
        died = killed(recall(identity), CODE, step)
        with installation.database.reading() as reading:
            paper = reading.get_one(AgendaPaper, identity)
            version = current_version(reading, reading.get_one(Document, named))
            gone = paper.recalled_at is not None
            outcomes.add(gone)
            assert gone or died
            assert (version.reading_key is None) is gone
            assert (version.state is VersionState.READY) is not gone
            assert len(pages_of(reading, version)) == (0 if gone else 2)
        check(installation)
        if not gone:
            recall(identity)()
        with installation.database.reading() as reading:
            version = current_version(reading, reading.get_one(Document, named))
            assert version.reading_key is None
            query = select(Job).where(Job.kind == "documents.discard").order_by(Job.id.desc())
            order = reading.scalars(query.limit(1)).one()
        run = jobs.Run(installation, order.id, order.payload)
        _kill_discarding(installation, run, step)
        assert not any(installation.store.has(digest) for digest in order.payload["blobs"])
        check(installation)
    assert False in outcomes
    with installation.database.reading() as reading:
        assert current_version(reading, reading.get_one(Document, kept)).reading_key


MANY = 60


def _kill_discarding(installation: Installation, run: jobs.Run, seed: int) -> None:
    """Kill the removal of the files somewhere, then do it as the worker would, again."""
    settings = installation.settings
    installation.database.close()

    def remove() -> None:
        own = Installation(settings)
        tasks.remove_files(jobs.Run(own, run.job_id, run.payload))
        own.close()

    killed(remove, code_of(documents, storage), seed % MANY)
    check(installation)
    tasks.remove_files(run)
