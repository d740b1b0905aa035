"""People learn what changed since they looked, and nothing that they may not read."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from meetings import clock
from meetings.agenda.services import change_meeting
from meetings.models import (
    AccessLevel,
    ItemReader,
    MeetingState,
    NoticeMark,
    PaperReader,
    VersionState,
)
from meetings.notices.queries import NoticeKind, notices_of
from meetings.notices.services import mark_seen
from tests import factories

EARLIER = timedelta(hours=2)


@pytest.fixture
def lay(session, installation, world):
    """Return a maker of papers before the item, each with a file."""

    def make(at=None, *, made=EARLIER, level=AccessLevel.NORMAL, **changes):
        document = factories.document(session, world.office, access_level=level)
        version = factories.version(
            session,
            installation.keys,
            installation.store,
            document,
            b"bytes",
            created_at=clock.now() - made,
        )
        paper = factories.paper(session, at or world.item, document, **changes)
        return SimpleNamespace(document=document, version=version, paper=paper)

    return make


@pytest.fixture(autouse=True)
def looked(session, world):
    """Let the delegate have looked an hour ago, and somebody else just now."""
    mark_seen(session, clock.now() - timedelta(hours=1), by=world.delegate)
    mark_seen(session, clock.now(), by=world.outsider)


@pytest.fixture(autouse=True)
def noise(session, world, lay):
    """Change what the delegate is not told of: seen before, not released, nobody's meeting."""
    lay(released_at=clock.now() - EARLIER)
    lay(released_at=None)
    lay(world.planned_item)
    lay(factories.item(session, factories.meeting(session, world.commune)))
    over = factories.meeting(session, world.office, starts_at=clock.now() - timedelta(days=2))
    factories.participant(session, over, world.delegate.person)
    lay(factories.item(session, over))


def told(session, who):
    return [(one.kind, one.item, one.title) for one in notices_of(session, by=who)]


def test_what_was_seen_is_told_no_more(session, world):
    assert told(session, world.delegate) == []


def test_a_new_paper_is_told_with_its_item(session, world, lay):
    one = lay()
    assert told(session, world.delegate) == [
        (NoticeKind.PAPER, world.item.title, one.document.title)
    ]
    assert told(session, world.outsider) == []


def test_a_paper_that_opened_by_itself_is_new(session, world, lay):
    moments = {"released_at": clock.now() - EARLIER}
    one = lay(**moments, readable_from=clock.now() - timedelta(minutes=5))
    lay(**moments, readable_from=clock.now() + timedelta(minutes=5))
    assert told(session, world.delegate) == [
        (NoticeKind.PAPER, world.item.title, one.document.title)
    ]


def test_a_new_version_is_told_once_it_can_be_read(session, world, lay):
    one = lay(made=timedelta(minutes=1), released_at=clock.now() - EARLIER)
    expected = [(NoticeKind.VERSION, world.item.title, one.document.title)]
    assert told(session, world.delegate) == expected
    one.version.state = VersionState.RECEIVED
    session.flush()
    assert told(session, world.delegate) == []


def test_a_recall_is_told_without_the_title(session, world, lay):
    lay(recalled_at=clock.now())
    assert told(session, world.delegate) == [(NoticeKind.RECALL, world.item.title, "")]


@pytest.mark.parametrize("recalled", [True, False])
def test_nothing_is_told_of_papers_that_were_never_theirs(session, world, lay, recalled):
    moment = clock.now() if recalled else None
    limited = lay(recalled_at=moment)
    named = PaperReader(paper_id=limited.paper.id, person_id=world.other_delegate.person_id)
    session.add(named)
    lay(recalled_at=moment, level=AccessLevel.RESTRICTED)
    closed = factories.item(session, world.meeting, closed=True)
    session.add(ItemReader(item_id=closed.id, person_id=world.other_delegate.person_id))
    lay(closed, recalled_at=moment)
    session.flush()
    assert told(session, world.delegate) == []
    assert len(told(session, world.other_delegate)) > 0


@pytest.mark.parametrize(
    ("changes", "count"),
    [
        ({"place": "Phòng họp số 3"}, 1),
        ({"ends_at": clock.now() + timedelta(days=1)}, 1),
        ({"title": "Tên khác"}, 0),
    ],
)
def test_changed_hours_and_places_are_told(session, world, changes, count):
    change_meeting(session, world.meeting, **changes)
    session.flush()
    assert told(session, world.delegate) == [(NoticeKind.MOVE, "", "")] * count


def test_what_is_older_than_a_month_is_news_to_nobody(session, world, lay):
    lay(released_at=clock.now() - timedelta(days=31), made=timedelta(days=32))
    never = factories.user(session)
    factories.participant(session, world.meeting, never.person)
    session.delete(session.get_one(NoticeMark, world.delegate.id))
    session.flush()
    assert told(session, world.delegate) == told(session, never)
    assert len(told(session, never)) == 1, "the paper of two hours ago"


def test_a_meeting_taken_back_into_preparation_tells_nothing(session, world, lay):
    lay()
    world.meeting.state = MeetingState.PLANNED
    session.flush()
    assert told(session, world.delegate) == []


def test_the_mark_moves_on_and_never_back(session, world):
    later = clock.now() - timedelta(minutes=1)
    for moment in (later, later - EARLIER):
        mark_seen(session, moment, by=world.delegate)
    assert session.get_one(NoticeMark, world.delegate.id).seen_at == later
    mark_seen(session, clock.now() + EARLIER, by=world.delegate)
    assert session.get_one(NoticeMark, world.delegate.id).seen_at <= clock.now()


def test_today_counts_and_the_page_is_emptied_by_a_press(session, world, lay, sign_in):
    one = lay()
    session.commit()
    client = sign_in(world.delegate)
    assert "Có gì mới (1)" in client.get("/").get_data(as_text=True)
    html = client.get("/notices").get_data(as_text=True)
    assert one.document.title in html
    assert f"/documents/{one.document.id}" in html
    assert client.submit("/notices/seen", until=str(clock.now().timestamp())).status_code == 303
    assert "Không có gì mới" in client.get("/notices").get_data(as_text=True)
    assert "Có gì mới (" not in client.get("/").get_data(as_text=True)


def test_what_came_while_the_page_was_open_is_still_new(session, world, lay, sign_in):
    shown = clock.now().timestamp()
    one = lay()
    session.commit()
    client = sign_in(world.delegate)
    client.submit("/notices/seen", until=str(shown))
    assert one.document.title in client.get("/notices").get_data(as_text=True)


@pytest.mark.parametrize("until", ["", "nan", "1e300", "hôm qua"])
def test_a_moment_that_cannot_be_read_is_now(session, world, lay, sign_in, until):
    lay()
    session.commit()
    client = sign_in(world.delegate)
    assert client.submit("/notices/seen", until=until).status_code == 303
    assert "Không có gì mới" in client.get("/notices").get_data(as_text=True)
