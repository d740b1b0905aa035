"""The index job: it may run at any time and any number of times, the database decides."""

from uuid import UUID

import pytest
from sqlalchemy import select

from meetings import clock
from meetings.archive import tasks
from meetings.jobs import Run
from meetings.models import DocumentVersion, Job, JobState, Page, VersionState, new_id
from search_index import parse, unfinished
from tests import factories


def hits(installation, text: str, *documents) -> list[tuple[str, str, int]]:
    allowed = [str(document.id) for document in documents]
    found = installation.index.search(parse(text), allowed=allowed).hits
    return [(hit.document, hit.version, hit.page) for hit in found]


@pytest.fixture
def noise(world, file):
    """Return a document that every search must leave alone."""
    return file(world.office, "Không liên quan")


def test_a_document_indexed_twice_is_there_once(installation, world, file, renew, noise):
    document = file(world.office, "Mở đầu", "Đập thủy lợi")
    before = installation.index.versions()
    once = hits(installation, "dap", document, noise)
    for _ in range(3):
        renew(document)
    assert installation.index.versions() == before
    assert hits(installation, "dap", document, noise) == once
    assert [page for _, _, page in once] == [2]


def test_a_new_version_takes_the_place_of_the_old_one(
    session, installation, world, file, revise, renew, noise
):
    document = file(world.office, "Bản đầu có đập")
    [old] = session.scalars(
        select(DocumentVersion).where(DocumentVersion.document_id == document.id)
    )
    old.superseded_at = clock.now()
    new = revise(document, "Bản sau có cầu", number=2)
    session.commit()
    renew(document)
    assert hits(installation, "dap", document, noise) == []
    assert hits(installation, "cau", document, noise) == [(str(document.id), str(new.id), 1)]


def test_a_document_without_a_version_leaves_the_index(
    session, installation, world, file, renew, noise
):
    document = file(world.office, "Đập thủy lợi")
    for version in session.scalars(
        select(DocumentVersion).where(DocumentVersion.document_id == document.id)
    ):
        version.superseded_at = clock.now()
    session.commit()
    for _ in range(2):
        renew(document)
        assert installation.index.versions().keys() == {str(noise.id)}


def test_what_never_had_a_file_enters_no_index(session, installation, world, renew, noise):
    document = factories.document(session, world.office, title="Chỉ có tên")
    session.commit()
    renew(document)
    assert installation.index.versions().keys() == {str(noise.id)}


@pytest.mark.parametrize(
    ("state", "indexed"),
    [(VersionState.RECEIVED, False), (VersionState.READY, True), (VersionState.FAILED, True)],
)
def test_a_version_is_found_once_its_preparation_is_over(
    session, installation, world, revise, renew, state, indexed: bool
):
    document = factories.document(session, world.office, symbol="07-BC/VP")
    revise(document, state=state)
    session.commit()
    renew(document)
    assert (str(document.id) in installation.index.versions()) is indexed
    assert bool(hits(installation, "07-BC/VP", document)) is indexed


def test_a_change_of_title_is_found_after_the_job(session, installation, world, file, renew, noise):
    document = file(world.office, "Nội dung", title="Tên cũ kỹ")
    document.title = "Quy hoạch"
    session.commit()
    renew(document)
    assert [found[0] for found in hits(installation, "quy hoach", document, noise)] == [
        str(document.id)
    ]
    assert hits(installation, '"cũ kỹ"', document, noise) == []


def test_reconciling_queues_only_what_differs_and_each_once(
    session, installation, world, file, noise
):
    document = file(world.office, "Đập thủy lợi")
    assert tasks.reconcile(installation) == 0
    installation.index.remove(str(document.id))
    assert [tasks.reconcile(installation), tasks.reconcile(installation)] == [1, 1]
    with installation.database.reading() as fresh:
        queued = [job.payload["document"] for job in fresh.scalars(select(Job))]
    assert queued == [str(document.id)]


def queued(installation):
    with installation.database.reading() as session:
        return {job.payload["document"] for job in session.scalars(select(Job))}


@pytest.fixture
def shelf(world, file, monkeypatch):
    """Documents that take three commits to rebuild."""
    monkeypatch.setattr(tasks, "AT_ONCE", 2)
    return [file(world.office, f"Đập thủy lợi số {at}") for at in range(5)]


def test_a_rebuild_makes_the_same_index_again(installation, shelf):
    before = installation.index.versions()
    found = hits(installation, "dap", *shelf)
    assert list(tasks.rebuild(installation)) == [(2, 5), (4, 5), (5, 5)]
    assert installation.index.versions() == before
    assert hits(installation, "dap", *shelf) == found
    assert queued(installation) == set()


def test_while_an_index_is_rebuilt_the_other_one_answers(installation, shelf):
    found = hits(installation, "dap", *shelf)
    for _ in tasks.rebuild(installation):
        assert hits(installation, "dap", *shelf) == found


def test_a_rebuild_that_was_broken_off_goes_on(installation, shelf):
    assert next(tasks.rebuild(installation)) == (2, 5)
    assert list(tasks.rebuild(installation)) == [(2, 3), (3, 3)]
    assert len(installation.index.versions()) == 5


def test_what_changes_during_a_rebuild_is_in_the_new_index(
    session, installation, world, file, renew, shelf
):
    steps = tasks.rebuild(installation)
    next(steps)
    late = file(world.office, "Cầu mới xây")
    first = min(shelf, key=lambda document: str(document.id))
    first.title = "Quy hoạch"
    for document in (first, shelf[0]):
        factories.add(
            session,
            Job(
                kind="archive.index",
                payload={"document": str(document.id)},
                dedupe_key=f"index:{document.id}",
                due_at=clock.now(),
                state=JobState.DONE,
                finished_at=clock.now(),
            ),
        )
    session.commit()
    list(steps)
    assert str(late.id) in installation.index.versions()
    assert str(first.id) in queued(installation)


def test_a_document_whose_text_is_damaged_does_not_stop_a_rebuild(
    session, installation, world, shelf
):
    [page, *_] = session.scalars(select(Page))
    page.text = "0" * 64
    session.commit()
    list(tasks.rebuild(installation))
    assert len(installation.index.versions()) == 4
    assert len(queued(installation)) == 1


def test_what_was_removed_in_the_database_leaves_a_half_made_index(
    session, installation, world, shelf
):
    next(tasks.rebuild(installation))
    for version in session.scalars(select(DocumentVersion)):
        version.superseded_at = clock.now()
    session.commit()
    list(tasks.rebuild(installation))
    assert installation.index.versions() == {}


def test_what_is_destroyed_leaves_a_half_made_index_too(session, installation, world, shelf):
    next(tasks.rebuild(installation))
    half = unfinished(installation.settings.index_folder)
    gone, stays = sorted(half.versions())
    row = factories.destruction(session, UUID(gone), world.clerk)
    session.commit()
    tasks.erase(Run(installation, new_id(), {"destruction": str(row.id)}))
    assert half.versions().keys() == {stays}
    assert gone not in installation.index.versions()
    session.refresh(row)
    assert row.done_at is not None
