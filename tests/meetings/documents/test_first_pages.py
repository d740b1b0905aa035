"""The first pages of every file are made before the rest of any, and can be read meanwhile."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from meetings import events, jobs, vault
from meetings.agenda import services as agenda
from meetings.archive.tasks import reconcile
from meetings.documents import services, tasks
from meetings.documents.pages.services import follow
from meetings.documents.queries import current_version, page_text, pages_of
from meetings.models import AgendaPaper, Document, DocumentVersion, Job, JobState, VersionState
from tests import factories, papers

LINES = ("mot", "hai", "ba", "bon", "nam")
TOPIC = "office:1"


@pytest.fixture
def shelf(session, installation, receive, make_pdf):
    """Three files of five pages, received one after the other; nothing of them is made yet."""
    made = [receive(make_pdf(*LINES), pages=5, topic=TOPIC, title=f"Số {n}") for n in range(3)]
    session.commit()
    return made


def step(installation, *, times: int = 1) -> None:
    for _ in range(times):
        assert jobs.run_next(installation, "worker")


def version_of(session, document: Document) -> DocumentVersion:
    session.rollback()
    session.expire_all()
    return current_version(session, session.merge(document))


def state(session, document: Document) -> tuple[VersionState, list[int]]:
    version = version_of(session, document)
    return version.state, [page.number for page in pages_of(session, version)]


def job_of(session, document: Document) -> Job:
    return jobs.latest(session, f"prepare:{document.id}")


BEGUN = (VersionState.BEGUN, [1, 2, 3])
READY = (VersionState.READY, [1, 2, 3, 4, 5])


def test_the_first_pages_of_all_files_come_before_the_rest_of_any(session, installation, shelf):
    step(installation, times=3)
    assert [state(session, document) for document in shelf] == [BEGUN] * 3
    job = job_of(session, shelf[0])
    assert (job.kind, job.state, job.done, job.total) == (tasks.FINISH, JobState.WAITING, 3, 5)
    assert jobs.progress(session, [f"prepare:{shelf[0].id}"]) == {f"prepare:{shelf[0].id}": (3, 5)}
    assert session.scalars(select(Job).where(Job.kind == "documents.read")).all() == []
    session.commit()
    papers.work(installation)
    assert [state(session, document) for document in shelf] == [READY] * 3
    version = version_of(session, shelf[2])
    assert [page_text(installation, page) for page in pages_of(session, version)] == list(LINES)
    assert job_of(session, shelf[2]).state is JobState.DONE


def test_a_file_that_comes_later_is_begun_before_the_others_are_finished(
    session, installation, shelf, receive, make_pdf
):
    step(installation, times=4)
    done = [state(session, document) for document in shelf]
    assert sorted(done) == sorted([READY, BEGUN, BEGUN])
    late = receive(make_pdf(*LINES), pages=5)
    session.commit()
    step(installation)
    assert state(session, late) == BEGUN


def test_the_office_hears_of_the_first_pages_and_of_all(session, installation, shelf):
    papers.work(installation)
    heard = [e.data for e in events.after(session, 0, topic=TOPIC) if e.kind == "paper"]
    mine = [data["state"] for data in heard if data["document"] == str(shelf[1].id)]
    assert mine == ["begun", "ready", "ready"], "first pages, all pages, what was read in them"
    steps = [
        event.data["done"]
        for event in events.after(session, 0, topic=TOPIC)
        if event.kind == "job" and event.data["key"] == f"prepare:{shelf[1].id}"
    ]
    assert steps == [1, 2, 3, 4, 5, 5]


def test_a_short_file_is_ready_at_once(session, installation, receive, make_pdf):
    short = receive(make_pdf(*LINES[:3]), pages=3)
    session.commit()
    step(installation)
    assert state(session, short) == (VersionState.READY, [1, 2, 3])
    assert job_of(session, short).state is JobState.DONE


def test_what_is_begun_is_no_business_of_the_index_yet(session, installation, shelf):
    step(installation, times=3)
    assert reconcile(installation) == 0
    papers.work(installation)
    assert installation.index.versions().keys() == {str(document.id) for document in shelf}


def test_the_copy_that_is_shown_is_made_once(session, installation, shelf, monkeypatch):
    made, shown_of = [], tasks.shown_of
    monkeypatch.setattr(tasks, "shown_of", lambda *a: made.append(a) or shown_of(*a))
    step(installation, times=3)
    viewing = [version_of(session, document).viewing for document in shelf]
    assert all(installation.store.has(digest) for digest in viewing)
    removed = version_of(session, shelf[0]).removed
    session.commit()
    for _ in range(3):
        step(installation)
    assert len(made) == 3
    assert [version_of(session, document).viewing for document in shelf] == viewing
    assert version_of(session, shelf[0]).removed == removed


def test_a_page_of_the_rest_that_cannot_be_drawn_is_told(session, installation, receive, make_pdf):
    document = receive(make_pdf(*LINES[:4]), pages=5)
    session.commit()
    step(installation)
    assert state(session, document) == BEGUN
    session.commit()
    papers.work(installation)
    assert state(session, document) == (VersionState.FAILED, [1, 2, 3, 4])


def test_a_recall_between_takes_the_first_pages_and_all_are_made_anew(
    session, installation, shelf, world
):
    step(installation, times=3)
    version = version_of(session, shelf[0])
    old, files = vault.reading_key(installation.keys, version), [version.viewing]
    files += services.files_of(pages_of(session, version))
    services.withdraw(session, session.merge(shelf[0]))
    session.commit()
    assert job_of(session, shelf[0]).kind == "documents.prepare", "its first pages are wanted anew"
    assert state(session, shelf[0]) == (VersionState.RECEIVED, [])
    session.commit()
    papers.work(installation)
    assert state(session, shelf[0]) == READY
    assert vault.reading_key(installation.keys, version_of(session, shelf[0])) != old
    assert not any(installation.store.has(digest) for digest in files)


def test_a_recall_while_the_rest_is_made_throws_it_away(session, installation, shelf, monkeypatch):
    monkeypatch.setattr(jobs, "BACKOFF", timedelta(0))
    step(installation, times=3)
    pages, made = tasks._pages, []

    def recalled_meanwhile(run, version, *arguments):
        monkeypatch.setattr(tasks, "_pages", pages)
        for page in pages(run, version, *arguments):
            made.extend(page.blobs)
            yield page
        installation.database.write(
            lambda s: services.withdraw(s, s.get_one(Document, version.document_id))
        )

    monkeypatch.setattr(tasks, "_pages", recalled_meanwhile)
    papers.work(installation)
    assert [state(session, document) for document in shelf] == [READY] * 3
    assert made
    assert not any(installation.store.has(digest) for digest in made)


def test_a_preparation_that_was_cancelled_keeps_none_of_its_pages(
    session, installation, shelf, monkeypatch
):
    pages = tasks._pages

    def cancelled_meanwhile(run, *arguments):
        yield from pages(run, *arguments)
        installation.database.write(lambda s: jobs.cancel(s, s.get_one(Job, run.job_id)))

    monkeypatch.setattr(tasks, "_pages", cancelled_meanwhile)
    step(installation)
    assert state(session, shelf[0]) == (VersionState.RECEIVED, [])
    job = job_of(session, shelf[0])
    assert job.state is JobState.CANCELLED
    monkeypatch.setattr(tasks, "_pages", pages)
    jobs.retry(session, job)
    session.commit()
    papers.work(installation)
    assert state(session, shelf[0]) == READY


def test_a_new_version_is_prepared_though_the_one_before_is_not_finished(
    session, installation, shelf, make_pdf
):
    step(installation, times=3)
    before = version_of(session, shelf[0])
    after = factories.version(
        session, installation.keys, installation.store, before.document, make_pdf("moi"),
        page_count=1, state=VersionState.RECEIVED, number=9,
    )  # fmt: skip
    follow(session, before, after)
    session.commit()
    papers.work(installation)
    assert state(session, shelf[0]) == (VersionState.READY, [1])
    old = session.get_one(DocumentVersion, before.id)
    assert (old.state, len(pages_of(session, old))) == (VersionState.READY, 5)


def test_a_paper_that_is_begun_can_be_released_and_its_first_pages_read(
    session, installation, shelf, world, sign_in
):
    step(installation, times=3)
    paper = factories.paper(session, session.merge(world.item), shelf[0], released_at=None)
    session.commit()
    assert agenda.release_paper(session, session.get_one(AgendaPaper, paper.id), by=world.clerk)
    session.commit()
    address, delegate = f"/documents/{shelf[0].id}", sign_in(world.delegate)
    second = delegate.get(f"{address}?page=2").get_data(as_text=True)
    assert "Hình trang 2" in second
    assert "2/5" in second
    assert "data-growing" in second
    fourth = delegate.get(f"{address}?page=4").get_data(as_text=True)
    assert "đang được chuẩn bị" in fourth
    assert "Hình trang 4" not in fourth
    assert delegate.get(f"{address}/manifest").status_code == 404, "a tablet keeps whole papers"
    papers.work(installation)
    fourth = delegate.get(f"{address}?page=4").get_data(as_text=True)
    assert "Hình trang 4" in fourth
    assert "data-growing" not in fourth
    assert len(delegate.get(f"{address}/manifest").get_json()["pages"]) == 5


def test_pages_are_not_arranged_before_all_are_there(session, installation, shelf, world, sign_in):
    step(installation, times=3)
    clerk, address = sign_in(world.clerk), f"/documents/{shelf[0].id}/pages"
    assert "position-1" not in clerk.get(address).get_data(as_text=True)
    assert clerk.submit(address, order="2:0 1:0", join="").status_code == 303
    assert "thử lại sau giây lát" in clerk.get(address).get_data(as_text=True)
    assert session.scalars(select(Job).where(Job.kind == "documents.edit")).all() == []
    session.commit()
    papers.work(installation)
    assert "position-5" in clerk.get(address).get_data(as_text=True)
