"""How far people are: every page counts for oneself, the office learns one word a paper."""

from types import SimpleNamespace

import pytest

from meetings import clock
from meetings.models import AccessLevel, PaperReader, ReadPages
from meetings.reader.readiness.queries import Progress, at_meeting, marks_of, of_document
from meetings.reader.services import note_seen
from tests import factories


@pytest.fixture
def kept(session, installation):
    """Return a maker of versions."""

    def make(document, **changes):
        keys, store = installation.keys, installation.store
        return factories.version(session, keys, store, document, b"bytes", **changes)

    return make


@pytest.fixture
def laid(session, world, kept):
    """Two papers that are out, of three pages and of one, and one that is not."""
    rows = []
    for pages in (3, 1, 2):
        document = factories.document(session, world.office)
        version = kept(document, page_count=pages)
        paper = factories.paper(session, world.item, document)
        rows.append(SimpleNamespace(document=document, version=version, paper=paper))
    rows[2].paper.released_at = None
    session.flush()
    return rows


def see(session, one, *pages, by) -> None:
    for page in pages:
        note_seen(session, one.document, one.version.id, [page], by=by)
    session.flush()


def progress(session, world, who, one):
    readers = at_meeting(session, world.meeting, by=world.clerk).readers
    found = [r for r in readers if r.name == who.person.full_name]
    return found[0].progress.get(one.document.id) if found else None


def test_pages_are_kept_once_each_in_order_and_for_each_person(session, world, laid):
    first = laid[0]
    see(session, first, 3, 1, 3, by=world.delegate)
    assert marks_of(session, first.version, by=world.delegate).seen == {1, 3}
    assert session.get_one(ReadPages, (world.delegate.id, first.version.id)).pages == [1, 3]
    assert marks_of(session, first.version, by=world.other_delegate).seen == frozenset()
    assert marks_of(session, laid[1].version, by=world.delegate).seen == frozenset()
    assert marks_of(session, None, by=world.delegate).seen == frozenset()


@pytest.mark.parametrize("page", [0, -1, 4, 100])
def test_a_page_that_the_version_has_not_is_not_kept(session, world, laid, page: int):
    see(session, laid[0], page, by=world.delegate)
    assert session.get(ReadPages, (world.delegate.id, laid[0].version.id)) is None


def test_a_version_of_another_document_or_of_none_is_not_kept(session, world, laid):
    first, second = laid[:2]
    note_seen(session, first.document, second.version.id, [1], by=world.delegate)
    note_seen(session, first.document, first.document.id, [1], by=world.delegate)
    session.flush()
    for one in (first, second):
        assert session.get(ReadPages, (world.delegate.id, one.version.id)) is None


def test_read_to_the_end_means_every_page_and_the_moment_stays(session, world, laid):
    first = laid[0]
    assert progress(session, world, world.delegate, first) is Progress.UNOPENED
    see(session, first, 3, by=world.delegate)
    assert progress(session, world, world.delegate, first) is Progress.OPENED
    see(session, first, 1, 2, by=world.delegate)
    assert progress(session, world, world.delegate, first) is Progress.ENDED
    row = session.get_one(ReadPages, (world.delegate.id, first.version.id))
    moment = row.ended_at
    assert moment is not None
    assert moment <= clock.now()
    see(session, first, 2, by=world.delegate)
    assert row.ended_at == moment


def test_a_new_version_begins_unopened(session, world, laid, kept):
    second = laid[1]
    see(session, second, 1, by=world.delegate)
    assert progress(session, world, world.delegate, second) is Progress.ENDED
    kept(second.document, number=2, page_count=1)
    session.flush()
    assert progress(session, world, world.delegate, second) is Progress.UNOPENED


def test_only_papers_that_are_out_and_their_readers_are_counted(session, world, laid):
    first, second, kept_back = laid
    see(session, second, 1, by=world.other_delegate)
    found = at_meeting(session, world.meeting, by=world.clerk)
    assert [one.id for one in found.documents] == [first.document.id, second.document.id]
    names = {world.delegate.person.full_name, world.other_delegate.person.full_name}
    assert {reader.name for reader in found.readers} == names
    assert found.counts(first.document) == {Progress.UNOPENED: 2}
    assert found.counts(second.document) == {Progress.UNOPENED: 1, Progress.ENDED: 1}
    assert found.counts(kept_back.document) == {}
    first.paper.recalled_at = clock.now()
    session.flush()
    assert [one.id for one in at_meeting(session, world.meeting, by=world.clerk).documents] == [
        second.document.id
    ]


def test_who_is_not_on_the_list_of_a_paper_is_not_waited_for(session, world, laid):
    first = laid[0]
    named = PaperReader(paper_id=first.paper.id, person_id=world.delegate.person_id)
    factories.add(session, named)
    assert progress(session, world, world.other_delegate, first) is None
    assert progress(session, world, world.delegate, first) is Progress.UNOPENED
    readers = of_document(session, first.document, by=world.clerk)
    assert [reader.name for reader in readers] == [world.delegate.person.full_name]


def test_an_account_that_is_closed_is_not_waited_for(session, world, laid):
    world.other_delegate.active = False
    session.flush()
    assert progress(session, world, world.other_delegate, laid[0]) is None


def test_a_clerk_who_is_not_cleared_does_not_learn_of_a_paper(session, world, laid):
    first, second, _ = laid
    world.delegate.clearance = AccessLevel.RESTRICTED
    world.clerk.clearance = AccessLevel.NORMAL
    first.document.access_level = AccessLevel.RESTRICTED
    session.flush()
    found = at_meeting(session, world.meeting, by=world.clerk)
    assert [one.id for one in found.documents] == [second.document.id]
    assert all(first.document.id not in reader.progress for reader in found.readers)
    assert of_document(session, first.document, by=world.clerk) == []


def test_a_meeting_without_papers_has_no_readers(session, world):
    found = at_meeting(session, world.planned_meeting, by=world.clerk)
    assert (found.documents, found.readers) == ([], [])
