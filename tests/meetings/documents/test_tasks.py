import pytest
from sqlalchemy import select

from meetings import events, jobs, vault
from meetings.documents import queries, tasks
from meetings.documents.queries import current_version, page_image, page_text, page_words, pages_of
from meetings.models import DocumentVersion, Job, JobState, VersionState
from storage import NoSpace, WrongKey
from tests import papers

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


def test_without_a_topic_nobody_is_told(session, receive, make_pdf, prepare):
    prepare(receive(make_pdf("mot")))
    assert events.after(session, 0) == []


def test_a_prepared_document_is_queued_for_the_index(session, receive, make_pdf, prepare):
    document, noise = receive(make_pdf("mot")), receive(make_pdf("hai"))
    prepare(document)
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


def test_a_recalled_version_is_not_prepared(session, receive, make_pdf, prepare):
    document = receive(make_pdf("mot"))
    current_version(session, document).reading_key = None
    with pytest.raises(jobs.Unrepairable):
        prepare(document)
    version = session.scalars(select(DocumentVersion)).one()
    assert version.state is VersionState.RECEIVED


def test_a_version_recalled_meanwhile_is_not_tried_again(installation, world):
    document = papers.taken_in(installation, world.office)

    def recall(session) -> None:
        queries.current_version(session, document).reading_key = None

    installation.database.write(recall)
    papers.work(installation)
    with installation.database.reading() as session:
        job = jobs.latest(session, f"prepare:{document.id}")
        assert (job.state, job.attempts) == (JobState.DEAD, 1)
        assert queries.current_version(session, document).state is VersionState.RECEIVED
