"""The board tells how far papers and people are, and what was not printed."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest

from meetings import clock
from meetings.agenda.answers import services as answers
from meetings.agenda.answers.queries import part_of
from meetings.agenda.plans.queries import PAPERS_ARRIVE
from meetings.models import (
    KeptPack,
    MeetingStage,
    PaperPlace,
    ReadPages,
    TabletTrial,
    VersionState,
)
from meetings.reader.board.queries import PaperState, board_of
from tests import factories


@pytest.fixture
def lay(session, installation, world):
    """Return a maker of papers before the item, each with a file."""

    def make(at=None, *, state=VersionState.READY, pages=1, **changes):
        document = factories.document(session, world.office)
        version = factories.version(
            session,
            installation.keys,
            installation.store,
            document,
            b"bytes",
            page_count=pages,
            state=state,
        )
        paper = factories.paper(session, at or world.item, document, **changes)
        return SimpleNamespace(document=document, version=version, paper=paper)

    return make


@pytest.fixture
def noise(session, world, lay):
    """Lay a paper before another meeting, which its people keep and read."""
    one = lay(world.planned_item, pages=90)
    tell = {"user_id": world.delegate.id, "version_id": one.version.id}
    session.add(KeptPack(**tell, tablet=uuid4()))
    session.add(
        TabletTrial(
            meeting_id=world.planned_meeting.id, user_id=world.delegate.id, tablet="iPad", found={}
        )
    )
    session.add(PaperPlace(item_id=world.planned_item.id, title="Của cuộc họp khác"))
    session.flush()


def states(session, world):
    return [line.state for line in board_of(session, world.meeting, by=world.clerk).papers]


def person(session, world, who):
    people = board_of(session, world.meeting, by=world.clerk).people
    [found] = [one for one in people if one.invited.part.person_id == who.person_id]
    return found


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, PaperState.RELEASED),
        ({"released_at": None}, PaperState.READY),
        ({"recalled_at": clock.now()}, PaperState.RECALLED),
        ({"released_at": None, "state": VersionState.RECEIVED}, PaperState.UNDERWAY),
        ({"released_at": None, "state": VersionState.FAILED}, PaperState.FAILED),
    ],
)
def test_each_paper_is_told_how_far_it_is(session, world, noise, lay, changes, expected):
    lay(**changes)
    assert states(session, world) == [expected]


@pytest.mark.parametrize(("days", "expected"), [(0, PaperState.MISSING), (30, PaperState.LATE)])
def test_an_awaited_paper_is_missing_and_then_late(session, world, noise, days, expected):
    session.add(PaperPlace(item_id=world.item.id, title="Tờ trình"))
    session.add(MeetingStage(meeting_id=world.meeting.id, name=PAPERS_ARRIVE, days=days))
    session.add(MeetingStage(meeting_id=world.meeting.id, name="Việc khác", days=60))
    session.flush()
    assert states(session, world) == [expected]


def test_each_person_is_told_how_far_they_are(session, world, noise, lay):
    first, _second = lay(), lay()
    before = person(session, world, world.delegate)
    assert (before.invited.standing, before.tablet) == ("open", "untried")
    assert (before.kept, before.opened, before.papers) == (0, 0, 2)
    answers.answer(
        session, part_of(session, world.meeting, by=world.delegate.person_id), coming=True
    )
    told = {"user_id": world.delegate.id, "version_id": first.version.id}
    session.add(KeptPack(**told, tablet=uuid4()))
    session.add(KeptPack(**told, tablet=uuid4()))
    session.add(ReadPages(**told, pages=[1]))
    session.flush()
    after = person(session, world, world.delegate)
    assert after.invited.standing == "coming"
    assert (after.kept, after.opened, after.papers) == (1, 1, 2)
    other = person(session, world, world.other_delegate)
    assert (other.kept, other.opened, other.papers) == (0, 0, 2)


def test_what_a_tablet_dropped_is_not_on_it(session, world, lay):
    told = {"user_id": world.delegate.id, "version_id": lay().version.id}
    session.add(KeptPack(**told, tablet=uuid4(), dropped_at=clock.now()))
    session.flush()
    assert person(session, world, world.delegate).kept == 0


@pytest.mark.parametrize(
    ("found", "expected"), [({}, "good"), ({"stream": "bad"}, "weak"), ({"clock": "weak"}, "weak")]
)
def test_a_tablet_is_as_good_as_its_trial(session, world, noise, found, expected):
    trial = {"meeting_id": world.meeting.id, "user_id": world.delegate.id}
    session.add(TabletTrial(**trial, tablet="iPad", found=found))
    session.flush()
    assert person(session, world, world.delegate).tablet == expected
    assert person(session, world, world.other_delegate).tablet == "untried"


def test_what_was_not_printed_is_counted_for_those_who_may_read(session, world, noise, lay):
    lay(pages=10)
    lay(pages=5, readable_from=clock.now() + timedelta(hours=1))
    lay(pages=7, released_at=None)
    assert board_of(session, world.meeting, by=world.clerk).pages == 2 * 10


def test_the_page_says_it_in_words_and_is_the_office_s_alone(session, world, noise, lay, sign_in):
    lay(pages=1500)
    session.add(PaperPlace(item_id=world.item.id, title="Tờ trình còn thiếu"))
    session.commit()
    address = f"/meetings/{world.meeting.id}/board"
    html = sign_in(world.clerk).get(address).get_data(as_text=True)
    assert "3.000 trang" in html
    assert "1.200.000 đồng" in html
    assert "Tờ trình còn thiếu" in html
    assert "Của cuộc họp khác" not in html
    for who in (world.delegate, world.outsider, world.administrator):
        assert sign_in(who).get(address).status_code == 404


def test_an_empty_meeting_says_what_comes_next(session, world, sign_in):
    bare = factories.meeting(session, world.office)
    session.commit()
    html = sign_in(world.clerk).get(f"/meetings/{bare.id}/board").get_data(as_text=True)
    assert "0 trang" in html
    assert "Chưa có tài liệu" in html
