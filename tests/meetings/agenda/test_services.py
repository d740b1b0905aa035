from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings, strategies
from sqlalchemy import select

from meetings import clock, events
from meetings.agenda import queries, services
from meetings.documents.queries import current_version
from meetings.models import (
    AgendaItem,
    AgendaPaper,
    Event,
    ItemKind,
    Job,
    MeetingKind,
    MeetingState,
    Participant,
    ParticipantRole,
    VersionState,
)
from tests import factories


def laid(session, installation, item, owner, **changes):
    document = factories.document(session, owner)
    factories.version(session, installation.keys, installation.store, document, b"%PDF", **changes)
    return services.lay_paper(session, item, document)


def told(session, meeting, topic=events.meeting_topic):
    session.flush()
    query = select(Event).where(Event.topic == topic(meeting.id)).order_by(Event.seq)
    return [event.kind for event in session.scalars(query)]


def titles(session, meeting, parent=None):
    rows = queries.items_of(session, meeting)
    return [row.title for row in rows if row.parent_id == parent]


def test_a_called_meeting_is_in_preparation(session, world):
    start = clock.now() + timedelta(days=2)
    meeting = services.create_meeting(
        session,
        world.office,
        title="Hội nghị sơ kết",
        starts_at=start,
        ends_at=start + timedelta(hours=4),
        kind=MeetingKind.REVIEW_CONFERENCE,
        place="Hội trường A",
    )
    assert meeting.state is MeetingState.PLANNED
    assert meeting.body_id == world.office.id
    assert (meeting.kind, meeting.place) == (MeetingKind.REVIEW_CONFERENCE, "Hội trường A")


def test_every_change_counts_up_the_revision_and_is_told_to_both_audiences(session, world):
    meeting, before = world.meeting, world.meeting.revision
    services.change_meeting(session, meeting, title="Tên mới")
    item = services.add_item(session, meeting, title="Khai mạc", kind=ItemKind.OPENING)
    services.change_item(session, item, presenter="Bí thư")
    services.move_item(session, item, step=-1)
    services.remove_item(session, item)
    services.invite(session, meeting, world.outsider.person)
    services.uninvite(session, meeting, world.outsider.person)
    assert meeting.title == "Tên mới"
    assert meeting.revision == before + 7
    assert told(session, meeting) == ["agenda"] * 7
    assert told(session, meeting, events.office_topic) == ["agenda"] * 7
    assert told(session, world.planned_meeting) == []


def test_an_item_is_added_behind_its_siblings(session, world):
    first = services.add_item(session, world.planned_meeting, title="Một")
    services.add_item(session, world.planned_meeting, title="Một chấm một", parent=first)
    services.add_item(session, world.planned_meeting, title="Hai")
    services.add_item(session, world.planned_meeting, title="Một chấm hai", parent=first)
    assert titles(session, world.planned_meeting)[-2:] == ["Một", "Hai"]
    assert titles(session, world.planned_meeting, first.id) == ["Một chấm một", "Một chấm hai"]


@pytest.mark.parametrize(
    ("place", "step", "expected"),
    [(1, -1, "BAC"), (1, 1, "ACB"), (0, -1, "ABC"), (2, 1, "ABC")],
)
def test_an_item_moves_among_its_siblings_and_stops_at_the_ends(
    session, world, place, step, expected
):
    start = clock.now()
    meeting = services.create_meeting(
        session, world.office, title="Họp", starts_at=start, ends_at=start
    )
    items = [services.add_item(session, meeting, title=letter) for letter in "ABC"]
    services.move_item(session, items[place], step=step)
    assert "".join(titles(session, meeting)) == expected


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    moves=strategies.lists(
        strategies.tuples(strategies.integers(0, 3), strategies.sampled_from([-1, 1])), max_size=6
    )
)
def test_moving_never_loses_or_doubles_an_item(session, world, moves):
    start = clock.now()
    meeting = services.create_meeting(
        session, world.office, title="Họp", starts_at=start, ends_at=start
    )
    items = [services.add_item(session, meeting, title=letter) for letter in "ABCD"]
    for place, step in moves:
        services.move_item(session, items[place], step=step)
    assert sorted(titles(session, meeting)) == list("ABCD")
    positions = select(AgendaItem.position).where(AgendaItem.meeting_id == meeting.id)
    assert sorted(session.scalars(positions)) == [1, 2, 3, 4]


def test_removing_an_item_takes_its_parts_and_their_papers_but_not_the_documents(
    session, installation, world
):
    outer = services.add_item(session, world.meeting, title="Ngoài")
    inner = services.add_item(session, world.meeting, title="Trong", parent=outer)
    paper = laid(session, installation, inner, world.office)
    services.release_paper(session, paper, by=world.clerk)
    document = paper.document
    services.remove_item(session, outer)
    assert [item.id for item in session.scalars(select(AgendaItem))] == [
        world.item.id,
        world.planned_item.id,
    ]
    assert session.scalars(select(AgendaPaper)).all() == []
    assert document.archived_at is None


def test_inviting_someone_again_changes_the_role(session, world):
    services.invite(session, world.meeting, world.delegate.person, ParticipantRole.CHAIR)
    query = select(Participant).where(
        Participant.meeting_id == world.meeting.id,
        Participant.person_id == world.delegate.person_id,
    )
    assert [row.role for row in session.scalars(query)] == [ParticipantRole.CHAIR]


def test_only_the_person_removed_takes_part_no_longer(session, world):
    services.uninvite(session, world.meeting, world.delegate.person)
    left = queries.participants_of(session, world.meeting)
    assert [row.person_id for row in left] == [world.other_delegate.person_id]
    assert len(queries.participants_of(session, world.planned_meeting)) == 2


def test_a_paper_is_laid_once_behind_the_others(session, installation, world):
    first = laid(session, installation, world.item, world.office)
    second = laid(session, installation, world.item, world.office)
    assert services.lay_paper(session, world.item, first.document) is first
    assert first.position < second.position
    assert first.released_at is None


def test_a_release_hands_out_what_can_be_read_and_opens_the_meeting(session, installation, world):
    ready = laid(session, installation, world.planned_item, world.office)
    coming = laid(
        session, installation, world.planned_item, world.office, state=VersionState.RECEIVED
    )
    broken = laid(
        session, installation, world.planned_item, world.office, state=VersionState.FAILED
    )
    elsewhere = laid(session, installation, world.item, world.office)
    services.release_meeting(session, world.planned_meeting, by=world.clerk)
    assert world.planned_meeting.state is MeetingState.RELEASED
    assert ready.released_at
    assert coming.released_at
    assert ready.document.archived_at
    assert broken.released_at is None
    assert broken.document.archived_at is None
    assert elsewhere.released_at is None
    assert told(session, world.planned_meeting)[-1] == "release"


def test_a_second_release_keeps_the_first_hour_the_state_and_recalls(session, installation, world):
    world.planned_meeting.state = MeetingState.IN_SESSION
    kept = laid(session, installation, world.planned_item, world.office)
    recalled = laid(session, installation, world.planned_item, world.office)
    services.release_meeting(session, world.planned_meeting, by=world.clerk)
    hour = kept.released_at
    services.recall_paper(session, recalled, by=world.clerk)
    services.release_meeting(session, world.planned_meeting, by=world.clerk)
    assert kept.released_at == hour
    assert recalled.recalled_at
    assert world.planned_meeting.state is MeetingState.IN_SESSION


def test_a_recalled_paper_leaves_the_archive_and_may_be_released_again(
    session, installation, world
):
    paper = laid(session, installation, world.item, world.office)
    assert services.release_paper(session, paper, by=world.clerk)
    services.recall_paper(session, paper, by=world.clerk)
    assert paper.recalled_at
    assert paper.document.archived_at is None
    assert told(session, world.meeting)[-2:] == ["release", "recall"]
    assert services.release_paper(session, paper, by=world.clerk)
    assert paper.recalled_at is None
    assert paper.document.archived_at


def test_a_document_keeps_place_and_key_while_it_is_released_elsewhere(
    session, installation, world
):
    paper = laid(session, installation, world.item, world.office)
    other = services.lay_paper(session, world.planned_item, paper.document)
    for each in (paper, other):
        services.release_paper(session, each, by=world.clerk)
    services.recall_paper(session, paper, by=world.clerk)
    assert paper.document.archived_at
    assert current_version(session, paper.document).reading_key
    services.recall_paper(session, other, by=world.clerk)
    assert paper.document.archived_at is None
    assert current_version(session, paper.document).reading_key is None


def test_a_paper_that_cannot_be_read_is_not_released(session, installation, world):
    paper = laid(session, installation, world.item, world.office, state=VersionState.FAILED)
    assert not services.release_paper(session, paper, by=world.clerk)
    assert paper.released_at is None
    assert "release" not in told(session, world.meeting)


def test_recalling_what_was_never_released_changes_nothing(session, installation, world):
    paper = laid(session, installation, world.item, world.office)
    services.recall_paper(session, paper, by=world.clerk)
    assert paper.recalled_at is None


def test_a_paper_taken_back_leaves_its_document(session, installation, world):
    paper = laid(session, installation, world.item, world.office)
    kept = laid(session, installation, world.item, world.office)
    document = paper.document
    services.take_back(session, paper)
    assert session.scalars(select(AgendaPaper)).all() == [kept]
    assert document in session


def test_the_ledger_is_signed_when_a_released_meeting_opens_and_closes(session, world):
    heads = select(Job.not_before).where(Job.kind == "audit.head", Job.not_before.is_not(None))
    planned = world.planned_meeting
    services.change_meeting(session, planned, title="Hội nghị lần hai")
    assert session.scalars(heads).all() == []
    for _ in range(2):
        services.release_meeting(session, planned, by=world.clerk)
    assert set(session.scalars(heads)) == {planned.starts_at, planned.ends_at}
    later = planned.ends_at + timedelta(hours=1)
    services.change_meeting(session, planned, ends_at=later)
    assert set(session.scalars(heads)) == {planned.starts_at, later - timedelta(hours=1), later}
