"""Light pictures and a recall, or a second worker: none leaves a wrong page or a file."""

from uuid import UUID

import pytest
from sqlalchemy import select

from meetings import jobs, vault
from meetings.documents import tasks as documents_tasks
from meetings.documents.aids import tasks
from meetings.documents.aids.queries import without_aids
from meetings.documents.services import withdraw
from meetings.models import Document, DocumentVersion, Job, Page, VersionState
from tests import papers
from tests.meetings.documents.aids.cheap import (
    ALL_MADE,
    LIGHT,
    PICTURE,
    laid_open,
    lightened,
    make,
    seen,
    shown,
    unnamed,
)


def recall(installation, document):
    installation.database.write(lambda s: withdraw(s, s.get_one(Document, document.id)))


def test_a_job_that_runs_twice_makes_nothing_twice(installation, session, lay, monkeypatch):
    document = lay()
    version, _ = seen(installation, document)
    make(installation, version.id)
    first = seen(installation, document)
    files = set(installation.store.digests())
    monkeypatch.setattr(tasks, "lighten_pictures", None)
    monkeypatch.setattr(tasks, "contents_of", None)
    make(installation, version.id)
    assert seen(installation, document)[0].contents == first[0].contents
    assert [page.light_image for page in seen(installation, document)[1]] == [
        page.light_image for page in first[1]
    ]
    assert set(installation.store.digests()) == files


def test_two_workers_at_the_same_paper_leave_one_light_picture_a_page(
    installation, session, lay, child
):
    document = lay()
    version, _ = seen(installation, document)

    def second_comes_first(pictures, output):
        child.setattr(tasks, "lighten_pictures", lightened)
        make(installation, version.id)
        return lightened(pictures, output)

    child.setattr(tasks, "lighten_pictures", second_comes_first)
    make(installation, version.id)
    papers.work(installation)
    assert shown(installation, document) == ALL_MADE
    assert unnamed(installation) == set()


def test_a_second_worker_whose_child_broke_takes_no_picture_away(installation, session, lay, child):
    document = lay()
    version, before = seen(installation, document)

    def second_comes_first(pictures, _output):
        child.setattr(tasks, "lighten_pictures", lightened)
        make(installation, version.id)
        return [None] * len(pictures)

    child.setattr(tasks, "lighten_pictures", second_comes_first)
    make(installation, version.id)
    papers.work(installation)
    for page in before:
        assert installation.store.has(page.small_image)
    assert shown(installation, document) == ALL_MADE


def test_where_no_light_picture_can_be_made_the_whole_one_serves_and_nobody_tries_again(
    installation, session, lay, child
):
    document = lay()
    version, _ = seen(installation, document)
    child.setattr(tasks, "lighten_pictures", lambda pictures, _output: [None] * len(pictures))
    make(installation, version.id)
    _, pages = seen(installation, document)
    for page in pages:
        assert page.light_image == page.small_image
    assert all(light.startswith(PICTURE) for light in shown(installation, document)[0])
    with installation.database.reading() as reading:
        assert version.id not in without_aids(reading)


@pytest.mark.parametrize("prepared_anew", [False, True])
def test_a_paper_recalled_meanwhile_takes_no_light_picture(
    installation, session, lay, child, prepared_anew
):
    document, noise = lay(), lay()
    version, before = seen(installation, document)

    def recalled(pictures, output):
        recall(installation, document)
        if prepared_anew:
            installation.database.write(new_key)
        return lightened(pictures, output)

    def new_key(writing):
        row = writing.get_one(DocumentVersion, version.id)
        vault.lock_reading_key(installation.keys, row, b"n" * 32)
        row.state = VersionState.READY

    child.setattr(tasks, "lighten_pictures", recalled)
    make(installation, version.id)
    for order in orders(installation, "documents.discard"):
        documents_tasks.remove_files(order)
    after, pages = seen(installation, document)
    assert (after.contents, after.viewing, list(pages)) == (None, None, [])
    gone = {digest for page in before for digest in page.blobs}
    assert gone.isdisjoint(installation.store.digests())
    assert unnamed(installation) == set(), "what was made from the old pictures is gone too"
    assert len(seen(installation, noise)[1]) == 2
    assert laid_open(installation) == []


def orders(installation, kind):
    with installation.database.reading() as session:
        found = session.scalars(select(Job).where(Job.kind == kind)).all()
    return [jobs.Run(installation, job.id, job.payload) for job in found]


def test_a_paper_destroyed_meanwhile_leaves_no_light_picture(installation, session, lay, child):
    document = lay()
    version, before = seen(installation, document)

    def destroyed(pictures, output):
        def drop(writing):
            for page in writing.scalars(select(Page).where(Page.version_id == version.id)):
                writing.delete(page)
            writing.flush()
            writing.delete(writing.get_one(DocumentVersion, version.id))

        installation.database.write(drop)
        return lightened(pictures, output)

    child.setattr(tasks, "lighten_pictures", destroyed)
    make(installation, version.id)
    for order in orders(installation, "documents.discard"):
        documents_tasks.remove_files(order)
    old = {version.blob, version.viewing, *(digest for page in before for digest in page.blobs)}
    assert unnamed(installation) == old, "the old files are the concern of who destroyed it"


def test_a_recalled_an_absent_and_an_unready_paper_are_left_alone(
    installation, session, lay, monkeypatch
):
    recalled, unready = lay(), lay()
    recalled_version, begun = (seen(installation, one)[0] for one in (recalled, unready))
    session.get_one(DocumentVersion, begun.id).state = VersionState.BEGUN
    session.commit()
    recall(installation, recalled)
    monkeypatch.setattr(tasks, "lighten_pictures", None)
    for identity in (UUID(int=7), recalled_version.id, begun.id):
        make(installation, identity)
    assert [page.light_image for page in seen(installation, unready)[1]] == [None, None]


def test_a_child_that_fails_leaves_nothing_that_can_be_read(installation, session, lay, child):
    document = lay()
    version, _ = seen(installation, document)
    open_meanwhile = []

    def fails(pictures, _output):
        open_meanwhile.extend(laid_open(installation))
        raise OSError(28, "no space")

    child.setattr(tasks, "lighten_pictures", fails)
    with pytest.raises(OSError, match="no space"):
        make(installation, version.id)
    assert open_meanwhile, "pictures are laid out for the child, and only for it"
    assert laid_open(installation) == []
    assert unnamed(installation) == set()


def test_a_light_picture_and_the_contents_lie_on_the_disk_under_the_reading_key_alone(
    installation, session, lay
):
    document = lay()
    version, _ = seen(installation, document)
    make(installation, version.id)
    plain = (LIGHT, PICTURE, "Mục lục bí mật".encode())
    files = [path for path in installation.settings.instance.rglob("*") if path.is_file()]
    assert len(files) > 12
    assert [path for path in files if any(one in path.read_bytes() for one in plain)] == []
    after, (page, _) = seen(installation, document)
    other = vault.storage_key(installation.keys, after)
    for digest in (page.light_image, after.contents):
        assert installation.store.verify(digest)
        with pytest.raises(vault.WrongKey):
            installation.store.read(digest, key=other)
