"""A file on its way to its readers, killed at any moment: it came a step further or it did not."""

from uuid import UUID

import pytest
from sqlalchemy import func, select

import storage
from meetings import documents, events, jobs, models, vault
from meetings.agenda import services as agenda
from meetings.documents import tasks
from meetings.documents.queries import current_version, pages_of
from meetings.installation import Installation
from meetings.models import AgendaPaper, Document, Event, JobState, VersionState
from tests import factories
from tests.kills import code_of, killed, lines_of, moments
from tests.meetings.documents.office import Office

CODE = code_of(agenda, documents, storage, jobs, models, vault, events)

pytestmark = [pytest.mark.long, pytest.mark.sqlite]


def alone(office: Office) -> Office:
    """Return the office as a process of its own has it; close what a child must not share."""
    office.installation.database.close()
    own = Installation(office.installation.settings)
    return Office(own, office.body, office.content, office.verdict, office.faults)


def test_a_killed_upload_is_a_document_with_its_file_and_order_or_nothing(office):
    def receive() -> None:
        own = alone(office)
        own.receive()
        own.installation.close()

    lines = lines_of(receive, CODE)
    outcomes = set()
    for step in moments(lines, 1):
        before = office.documents()
        office.installation.database.close()
        died = killed(receive, CODE, step)
        there = office.documents() - before
        outcomes.add(len(there))
        assert there or died
        assert len(there) <= 1
        for identity in there:
            assert office.order("documents.prepare", office.find(identity)).payload
            office.check_files(identity)
    office.check_files()
    assert outcomes == {0, 1}
    print(f"{len(moments(lines, 1))} kills among {len(lines)} lines of an upload")


def test_a_killed_preparation_shows_every_page_or_none_and_is_done_again(office):
    def prepare(identity: UUID):
        def act() -> None:
            own = alone(office)
            tasks.prepare(own.order("documents.prepare", own.find(identity)))
            own.installation.close()

        return act

    lines = lines_of(prepare(office.receive().id), CODE)
    outcomes = set()
    for step in moments(lines, 2):
        document = office.receive()
        office.installation.database.close()
        died = killed(prepare(document.id), CODE, step)
        office.check_files(document.id)
        ready = state_of(office, document.id) is VersionState.READY
        outcomes.add(ready)
        assert ready or died
        prepare(document.id)()
        assert state_of(office, document.id) is VersionState.READY
    office.check_files()
    assert False in outcomes
    print(f"{len(moments(lines, 2))} kills among {len(lines)} lines of a preparation")


def step_of(office: Office, identity: UUID) -> None:
    """Do the step of a preparation that is due, as a worker does."""
    own = alone(office)
    with own.installation.database.writing() as session:
        job = jobs.latest(session, f"prepare:{identity}")
        job.state, job.attempts = JobState.WAITING, 0
        session.commit()
        run = jobs.Run(own.installation, job.id, job.payload, job.lease_owner)
        act = jobs.HANDLERS[job.kind]
    act(run)
    own.installation.close()


def test_a_killed_preparation_of_many_pages_goes_on_where_it_was(long_office):
    """A kill leaves no page, the first ones or all; the steps after it make the others."""
    office = long_office
    trial = office.receive().id
    first = lines_of(lambda: step_of(office, trial), CODE)
    step_of(office, trial)
    rest = lines_of(lambda: step_of(office, trial), CODE)
    seen = set()
    for begun, lines in ((False, first), (True, rest)):
        for step in moments(lines, 4):
            document = office.receive()
            if begun:
                step_of(office, document.id)
            office.installation.database.close()
            died = killed(lambda it=document.id: step_of(office, it), CODE, step)
            office.check_files(document.id)
            state = current_state(office, document.id)
            seen.add((begun, state))
            assert died or state is (VersionState.READY if begun else VersionState.BEGUN)
            while current_state(office, document.id) is not VersionState.READY:
                step_of(office, document.id)
    office.check_files()
    assert (False, VersionState.RECEIVED) in seen
    assert (True, VersionState.BEGUN) in seen


def current_state(office: Office, identity: UUID) -> VersionState:
    with office.installation.database.reading() as session:
        return current_version(session, session.get_one(Document, identity)).state


def state_of(office: Office, identity: UUID) -> VersionState:
    with office.installation.database.reading() as session:
        version = current_version(session, session.get_one(Document, identity))
        assert len(pages_of(session, version)) in {0, version.page_count}
        return version.state


def test_a_killed_release_is_told_with_its_paper_or_not_at_all(office, session, world):
    identity = office.receive().id
    tasks.prepare(office.order("documents.prepare", office.find(identity)))
    document = session.get_one(Document, identity)
    meeting = session.merge(world.meeting)

    def laid() -> UUID:
        item = factories.item(session, meeting)
        paper = factories.paper(session, item, document, released_at=None)
        found = paper.id
        session.commit()
        session.rollback()
        office.installation.database.close()
        return found

    def release(paper: UUID):
        def act() -> None:
            own = alone(office)
            clerk = world.clerk.id
            own.installation.database.write(
                lambda s: agenda.release_paper(
                    s, s.get_one(AgendaPaper, paper), by=s.get_one(models.User, clerk)
                )
            )
            own.installation.close()

        return act

    lines = lines_of(release(laid()), CODE)
    outcomes = set()
    for step in moments(lines, 3):
        paper = laid()
        told = releases(office)
        office.installation.database.close()
        died = killed(release(paper), CODE, step)
        with office.installation.database.reading() as reading:
            out = reading.get_one(AgendaPaper, paper).is_out
        outcomes.add(out)
        assert out or died
        assert (releases(office) > told) is out
    office.check_files()
    assert False in outcomes
    print(f"{len(moments(lines, 3))} kills among {len(lines)} lines of a release")


def releases(office: Office) -> int:
    with office.installation.database.reading() as session:
        return session.scalar(select(func.count(Event.seq)).where(Event.kind == "release"))
