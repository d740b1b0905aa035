import pytest
from sqlalchemy import select

from meetings.agenda import queries
from meetings.agenda.proceedings import services
from meetings.agenda.proceedings.services import MovedMeanwhileError
from meetings.models import Event, Job, MeetingState


def in_session(session, world):
    services.open_meeting(session, world.meeting)
    return world.meeting


def test_a_released_meeting_opens_and_its_ledger_is_signed(session, world):
    meeting = in_session(session, world)
    assert meeting.state is MeetingState.IN_SESSION
    assert meeting.opened_at is not None
    assert "audit.head" in session.scalars(select(Job.kind)).all()


def test_a_meeting_in_preparation_does_not_open(session, world):
    with pytest.raises(MovedMeanwhileError):
        services.open_meeting(session, world.planned_meeting)


def test_a_meeting_in_session_is_not_opened_again(session, world):
    meeting = in_session(session, world)
    with pytest.raises(MovedMeanwhileError):
        services.open_meeting(session, meeting)


def test_one_item_follows_another(session, world, items):
    meeting = in_session(session, world)
    services.go_to(session, items[0], seen=None)
    services.go_to(session, items[1], seen=items[0].id)
    assert services.current_item(session, meeting) is items[1]
    assert items[0].ended_at is not None
    assert items[2].begun_at is None


def test_every_open_page_hears_to_what_the_meeting_has_come(session, world, items):
    meeting = in_session(session, world)
    before = meeting.revision
    services.go_to(session, items[1], seen=None)
    told = session.scalars(select(Event).where(Event.kind == "item")).all()
    assert {event.topic for event in told} == {f"meeting:{meeting.id}", f"office:{meeting.id}"}
    assert {event.data["title"] for event in told} == {items[1].title}
    assert meeting.revision == before + 1


def test_whoever_saw_an_earlier_item_moves_nothing(session, world, items):
    meeting = in_session(session, world)
    services.go_to(session, items[0], seen=None)
    with pytest.raises(MovedMeanwhileError):
        services.go_to(session, items[2], seen=None)
    with pytest.raises(MovedMeanwhileError):
        services.close_meeting(session, meeting, seen=items[1].id)
    assert services.current_item(session, meeting) is items[0]


def test_no_item_is_called_before_the_meeting_opens(session, world, items):
    with pytest.raises(MovedMeanwhileError):
        services.go_to(session, items[0], seen=None)


def test_going_back_keeps_when_an_item_began(session, world, items):
    in_session(session, world)
    services.go_to(session, items[0], seen=None)
    began = items[0].begun_at
    services.go_to(session, items[1], seen=items[0].id)
    services.go_to(session, items[0], seen=items[1].id)
    assert items[0].begun_at == began
    assert items[0].ended_at is None


def test_closing_ends_the_item_and_can_be_undone(session, world, items):
    meeting = in_session(session, world)
    opened = meeting.opened_at
    services.go_to(session, items[0], seen=None)
    services.close_meeting(session, meeting, seen=items[0].id)
    assert meeting.state is MeetingState.CLOSED
    assert meeting.closed_at is not None
    assert services.current_item(session, meeting) is None
    services.open_meeting(session, meeting)
    assert (meeting.state, meeting.closed_at) == (MeetingState.IN_SESSION, None)
    assert meeting.opened_at == opened


def test_what_comes_is_reckoned_from_where_the_meeting_is(session, world, items):
    in_session(session, world)
    services.go_to(session, items[1], seen=None)
    lines = queries.agenda_of(session, world.meeting, user=world.clerk)
    running = queries.running_line(lines)
    assert running is not None
    assert running.item.id == items[1].id
    assert running.starts_at == items[1].begun_at
    after = next(line for line in lines if line.item.id == items[2].id)
    assert (after.starts_at - running.starts_at).total_seconds() == 30 * 60
