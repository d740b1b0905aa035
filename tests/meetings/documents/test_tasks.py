from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from meetings import events, jobs, vault
from meetings.documents import queries, services, tasks
from meetings.documents.queries import current_version, page_image, page_text, page_words, pages_of
from meetings.documents.reading import tasks as reading_tasks
from meetings.models import Job, JobState, VersionState
from storage import NoSpace, WrongKey
from tests import factories, papers

TOPIC = "office:1"


@pytest.fixture
def prepare(session, installation):
    """Return what prepares a document as the worker would, and gives its version back."""

    def run(document):
        session.commit()
        job = session.scalars(select(Job).where(Job.dedupe_key == f"prepare:{document.id}")).one()
        session.commit()
        try:
            tasks.prepare(jobs.Run(installation, job.id, job.payload))
        finally:
            session.expire_all()
        return current_version(session, document)

    return run


def contents(session, installation, version):
    return [
        (
            page.number,
            page.width,
            page.height,
            page.crop,
            page_text(installation, page),
            page_words(installation, page),
            *(page_image(installation, page, width) for width in queries.WIDTHS),
        )
        for page in pages_of(session, version)
    ]


def quarantined(installation):
    return list(installation.settings.quarantine_folder.iterdir())


def test_every_page_becomes_pictures_words_and_text(
    session, installation, receive, make_pdf, prepare
):
    version = prepare(receive(make_pdf("Trang mot", "Trang hai"), pages=2))
    assert version.state is VersionState.READY
    first, second = pages_of(session, version)
    assert (first.number, second.number) == (1, 2)
    assert (first.width, first.height) == (595, 842)
    assert page_text(installation, second).split() == ["Trang", "hai"]
    assert [word["text"] for word in page_words(installation, first)] == ["Trang", "mot"]
    assert all(0 <= word[side] <= 1 for word in page_words(installation, first) for side in "xywh")
    sizes = [len(page_image(installation, first, width)) for width in (240, 1200, 1600)]
    assert sizes == sorted(sizes)
    assert page_image(installation, first, 240)[8:12] == b"WEBP"
    assert quarantined(installation) == []


def test_text_stays_under_the_key_that_never_leaves(
    session, installation, receive, make_pdf, prepare
):
    version = prepare(receive(make_pdf("mot")))
    (page,) = pages_of(session, version)
    reading = vault.reading_key(installation.keys, version)
    storage = vault.storage_key(installation.keys, version)
    for blob, wrong in ((page.text, reading), (page.words, storage), (page.small_image, storage)):
        with pytest.raises(WrongKey):
            installation.store.read(blob, key=wrong)


def test_the_topic_hears_each_page_and_the_end(session, receive, make_pdf, prepare):
    document = receive(make_pdf("mot", "hai"), pages=2, topic=TOPIC)
    prepare(document)
    heard = events.after(session, 0, topic=TOPIC)
    steps = [(event.data["done"], event.data["total"]) for event in heard if event.kind == "job"]
    assert steps == [(1, 2), (2, 2)]
    assert (heard[-1].kind, heard[-1].data) == (
        "paper",
        {"document": str(document.id), "state": "ready"},
    )


def test_without_a_topic_nobody_else_is_told(session, receive, make_pdf, prepare):
    document = receive(make_pdf("mot"))
    prepare(document)
    told = {event.topic for event in events.after(session, 0)}
    assert told == {events.document_topic(document.id)}, "but those who have it open"


def test_a_prepared_document_is_queued_to_be_read_and_then_for_the_index(
    session, installation, receive, make_pdf, prepare
):
    document, noise = receive(make_pdf("mot")), receive(make_pdf("hai"))
    version = prepare(document)
    queued = session.scalars(select(Job.payload).where(Job.kind == tasks.READ)).all()
    assert queued == [{"version": str(version.id)}]
    session.commit()
    job = jobs.latest(session, f"read:{document.id}")
    order = jobs.Run(installation, job.id, job.payload)
    session.rollback()
    reading_tasks.read(order)
    queued = session.scalars(select(Job.payload).where(Job.kind == "archive.index")).all()
    assert queued == [{"document": str(document.id)}]
    assert current_version(session, noise).state is VersionState.RECEIVED


def test_preparing_again_makes_the_same_pages(session, installation, receive, make_pdf, prepare):
    document = receive(make_pdf("mot", "hai"), pages=2)
    first = contents(session, installation, prepare(document))
    assert contents(session, installation, prepare(document)) == first
    assert len(first) == 2


def test_a_preparation_stopped_half_way_leaves_no_page_and_can_be_run_again(
    session, installation, receive, make_pdf, prepare
):
    document = receive(make_pdf("mot", "hai"), pages=2)

    def stop(*_arguments):
        raise SystemExit

    with pytest.MonkeyPatch.context() as stopped:
        stopped.setattr(jobs.Run, "progress", stop)
        with pytest.raises(SystemExit):
            prepare(document)
    version = current_version(session, document)
    assert version.state is VersionState.RECEIVED
    assert pages_of(session, version) == []
    assert quarantined(installation) == []
    assert len(contents(session, installation, prepare(document))) == 2


def test_a_page_that_cannot_be_drawn_costs_no_other_page(session, receive, make_pdf, prepare):
    version = prepare(receive(make_pdf("mot"), pages=2, topic=TOPIC))
    assert version.state is VersionState.FAILED
    assert [page.number for page in pages_of(session, version)] == [1]
    assert events.after(session, 0, topic=TOPIC)[-1].data["state"] == "failed"


def test_a_paper_with_a_broken_page_is_found_though_it_is_never_read(
    session, receive, make_pdf, prepare
):
    broken, noise = receive(make_pdf("mot"), pages=2), receive(make_pdf("hai"))
    version = prepare(broken)
    assert version.state is VersionState.FAILED
    queued = session.scalars(select(Job.payload).where(Job.kind == "archive.index")).all()
    assert queued == [{"document": str(broken.id)}]
    assert current_version(session, noise).state is VersionState.RECEIVED


def test_a_full_disk_lets_the_job_wait(session, installation, receive, make_pdf):
    document = receive(make_pdf("mot"))
    session.commit()
    installation.store.floor = 2**62
    assert jobs.run_next(installation, "worker")
    session.expire_all()
    job = session.scalars(select(Job)).one()
    assert job.state is JobState.WAITING
    assert job.problem.startswith(NoSpace.__name__)
    assert pages_of(session, current_version(session, document)) == []
    assert quarantined(installation) == []


@pytest.fixture
def out(installation, session, world):
    """A prepared document that was handed out: its keys and its files."""
    document = session.merge(papers.prepared(installation, world.office))
    version = current_version(session, document)
    factories.paper(session, world.item, document)
    session.commit()
    files = [digest for page in pages_of(session, version) for digest in page.blobs]
    return SimpleNamespace(
        document=document,
        key=vault.reading_key(installation.keys, version),
        storage=vault.storage_key(installation.keys, version),
        original=version.blob,
        files=files,
        before=contents(session, installation, version),
    )


def test_withdrawing_takes_the_key_at_once_and_removes_what_it_opened(session, installation, out):
    place = out.document.body
    session.commit()
    neighbour = session.merge(papers.prepared(installation, place))
    services.withdraw(session, out.document)
    session.commit()
    version = current_version(session, out.document)
    with pytest.raises(vault.Recalled):
        vault.reading_key(installation.keys, version)
    session.commit()
    papers.work(installation)
    assert [digest for digest in out.files if installation.store.has(digest)] == []
    beside = pages_of(session, current_version(session, neighbour))
    assert all(installation.store.has(digest) for page in beside for digest in page.blobs)


def test_the_office_reads_on_under_a_key_that_nobody_was_given(session, installation, out):
    services.withdraw(session, out.document)
    session.commit()
    papers.work(installation)
    session.expire_all()
    version = current_version(session, out.document)
    assert version.state is VersionState.READY
    assert vault.reading_key(installation.keys, version) != out.key
    assert contents(session, installation, version) == out.before
    for page in pages_of(session, version):
        with pytest.raises(WrongKey):
            installation.store.read(page.small_image, key=out.key)
    assert installation.store.read(version.blob, key=out.storage).startswith(b"%PDF")


def test_withdrawing_twice_asks_for_one_preparation(session, installation, out):
    services.withdraw(session, out.document)
    services.withdraw(session, out.document)
    session.commit()
    open_jobs = select(Job).where(Job.kind == "documents.prepare", Job.state.in_(jobs.OPEN))
    assert len(session.scalars(open_jobs).all()) == 1


def test_pages_made_while_the_key_was_taken_are_thrown_away_and_made_again(
    installation, world, monkeypatch
):
    document = papers.taken_in(installation, world.office)
    with installation.database.reading() as session:
        old = vault.reading_key(installation.keys, current_version(session, document))
    made, pages = [], tasks._pages

    def recall(session) -> None:
        current_version(session, session.merge(document)).reading_key = None

    def recalled_meanwhile(*arguments):
        for page in pages(*arguments):
            made.extend(page.blobs)
            yield page
        monkeypatch.setattr(tasks, "_pages", pages)
        installation.database.write(recall)

    monkeypatch.setattr(tasks, "_pages", recalled_meanwhile)
    monkeypatch.setattr(jobs, "BACKOFF", timedelta(0))
    papers.work(installation)
    with installation.database.reading() as session:
        version = current_version(session, document)
        assert version.state is VersionState.READY
        assert vault.reading_key(installation.keys, version) != old
        job = jobs.latest(session, f"prepare:{document.id}")
        assert (job.state, job.attempts) == (JobState.DONE, 2)
    assert made
    assert not any(installation.store.has(digest) for digest in made)


def test_a_file_that_a_page_names_is_never_removed(session, installation, out):
    services.discard(session, out.files)
    session.commit()
    papers.work(installation)
    assert all(installation.store.has(digest) for digest in out.files)


def test_more_files_are_removed_at_once_than_a_statement_takes_names(
    session, installation, receive, make_pdf, prepare
):
    version = prepare(receive(make_pdf("mot")))
    (page,) = pages_of(session, version)
    gone = installation.store.put_bytes(b"unnamed", key=bytes(32)).digest
    blobs = [*page.blobs, version.blob, gone, *(f"{n:064x}" for n in range(33_000))]
    tasks.remove_files(jobs.Run(installation, version.id, {"blobs": blobs}))
    assert not installation.store.has(gone)
    assert all(installation.store.has(digest) for digest in (*page.blobs, version.blob))
