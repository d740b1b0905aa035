import pytest
from sqlalchemy import select

from meetings import clock, jobs
from meetings.demo import tasks
from meetings.demo.services import load
from meetings.models import AgendaPaper, Document, DocumentType, Job, JobState, MeetingState
from meetings.press.pdf import UnavailableError


@pytest.fixture
def loaded(installation, monkeypatch):
    """The demo, and a press that sets every paper alike, because the real one takes seconds."""
    page = tasks.typeset("<p>Một trang</p>")
    monkeypatch.setattr(tasks, "typeset", lambda _html: page)
    tasks._pdf.cache_clear()
    load(installation, scale=2)
    yield installation
    tasks._pdf.cache_clear()


def bring_in(installation, key, copy=0):
    with installation.database.reading() as session:
        wanted = select(Job).where(Job.dedupe_key == f"demo:{key}:{copy}")
        job = session.scalars(wanted).one()
    tasks.bring_in(jobs.Run(installation, job.id, job.payload))


def documents(session):
    return session.scalars(select(Document)).all()


def test_a_paper_of_todays_meeting_is_laid_and_released(loaded, session):
    bring_in(loaded, "bc-246")
    [document] = documents(session)
    assert (document.doc_type, document.symbol) == (DocumentType.REPORT, "246-BC/TU")
    assert document.signer == "Lương Thị Bích Vân"
    [laid] = session.scalars(select(AgendaPaper)).all()
    assert laid.document_id == document.id
    assert laid.released_at
    assert laid.item.meeting.state is MeetingState.IN_SESSION
    assert document.archived_at


def test_a_paper_before_no_meeting_goes_to_the_archive(loaded, session):
    bring_in(loaded, "nq-01")
    [document] = documents(session)
    assert document.archived_at
    assert session.scalars(select(AgendaPaper)).all() == []


def test_a_paper_that_is_not_released_stays_with_the_clerk(loaded, session):
    [key] = [key for key, paper in tasks._papers(day()).items() if not paper.released]
    bring_in(loaded, key)
    [document] = documents(session)
    assert document.archived_at is None
    assert [paper.released_at for paper in session.scalars(select(AgendaPaper))] == [None]


def test_a_second_attempt_brings_nothing_twice(loaded, session):
    bring_in(loaded, "bc-246")
    bring_in(loaded, "bc-246")
    assert len(documents(session)) == 1


def test_a_copy_has_a_title_a_number_and_a_day_of_its_own(loaded, session):
    for copy in (0, 1):
        bring_in(loaded, "bc-246", copy)
    original, copied = sorted(documents(session), key=lambda document: document.created_at)
    assert copied.title == f"{original.title} (đợt 1)"
    assert (original.symbol, copied.symbol) == ("246-BC/TU", "10246-BC/TU")
    assert original.issued_on - copied.issued_on == tasks.COPIES_APART


def test_nothing_is_left_in_quarantine(loaded):
    bring_in(loaded, "bc-246")
    assert list(loaded.settings.quarantine_folder.iterdir()) == []


def test_the_next_paper_follows_after_this_ones_pages(loaded, session):
    assert jobs.run_next(loaded, "worker")
    order = session.scalars(
        select(Job).where(Job.state == JobState.WAITING).order_by(Job.due_at, Job.id).limit(3)
    ).all()
    assert [job.kind for job in order] == ["documents.prepare", "archive.index", "demo.paper"]
    assert order[-1].due_at <= clock.now()


def test_a_failed_paper_is_not_called_before_its_time(loaded, session):
    due = select(Job).where(Job.kind == tasks.KIND).order_by(Job.due_at, Job.id)
    first, second, *_ = session.scalars(due).all()
    second.attempts, later = 1, second.due_at
    session.commit()
    tasks.bring_in(jobs.Run(loaded, first.id, first.payload))
    session.refresh(second)
    assert second.due_at == later


def test_a_machine_that_cannot_print_gives_up_at_once(loaded, monkeypatch):
    def refuse(_html):
        raise UnavailableError("libpango")

    monkeypatch.setattr(tasks, "typeset", refuse)
    with pytest.raises(jobs.Unrepairable, match="libpango"):
        bring_in(loaded, "bc-246")


def day():
    return clock.today().isoformat()
