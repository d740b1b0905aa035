from datetime import timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from meetings import clock, events
from meetings.models import Event, new_id


def test_a_topic_hears_its_own_events_in_order(session: Session):
    for number in range(3):
        events.publish(session, "room", "tick", number=number)
        events.publish(session, "other room", "noise")
    session.flush()
    heard = events.after(session, 0, topic="room")
    assert [event.data["number"] for event in heard] == [0, 1, 2]
    assert len(events.after(session, heard[0].seq)) == 5


def test_numbering_starts_at_nothing(session: Session):
    assert events.last_seq(session) == 0


def test_old_events_are_forgotten_but_the_numbering_goes_on(session: Session):
    for _ in range(3):
        events.publish(session, "room", "tick")
    session.flush()
    session.execute(update(Event).values(at=clock.now() - events.KEEP - timedelta(hours=1)))
    events.forget_old(session)
    assert [event.seq for event in events.after(session, 0)] == [3]
    events.publish(session, "room", "tick")
    session.flush()
    assert events.last_seq(session) == 4


def test_a_meeting_and_its_office_are_different_topics():
    meeting = new_id()
    assert events.meeting_topic(meeting) != events.office_topic(meeting)
