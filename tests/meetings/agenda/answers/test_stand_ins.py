"""Who may come in the place of somebody absent: as the meeting says."""

from datetime import timedelta

import pytest

from meetings import clock
from meetings.agenda.answers import queries
from meetings.models import StandIn
from tests import factories


@pytest.fixture
def people(session, world):
    """Return a colleague of the delegate, one who left the unit, and a stranger."""
    unit = factories.body(session)
    factories.post(session, world.delegate.person, unit)
    colleague, gone, stranger = (factories.person(session) for _ in range(3))
    factories.post(session, colleague, unit)
    factories.post(session, gone, unit, until=clock.today() - timedelta(days=1))
    factories.post(session, stranger, world.office)
    session.commit()
    return colleague, gone, stranger


def offered(session, world):
    person = world.delegate.person_id
    found = queries.people_to_send(session, world.meeting, by=world.delegate, of=person)
    return {one.id for one in found}


def test_somebody_of_the_same_unit_unless_the_meeting_says_otherwise(session, world, people):
    colleague, gone, stranger = people
    assert offered(session, world) == {colleague.id}
    world.meeting.stand_in = StandIn.ANYBODY
    assert {colleague.id, gone.id, stranger.id} <= offered(session, world)
    assert world.other_delegate.person_id not in offered(session, world)
    world.meeting.stand_in = StandIn.NOBODY
    assert offered(session, world) == set()


def test_a_substitute_without_right_is_told_at_the_field(session, world, people, sign_in):
    _, _, stranger = people
    at = f"/meetings/{world.meeting.id}/answer"
    fields = {"coming": "absent", "reason": "Ốm", "substitute": str(stranger.id)}
    client = sign_in(world.delegate)
    answer = client.submit(at, **fields)
    assert answer.status_code == 422
    assert "không được dự thay" in answer.get_data(as_text=True)
    colleague = str(people[0].id)
    assert client.submit(at, **fields | {"substitute": colleague}).status_code == 303


def test_where_nobody_may_stand_in_nobody_is_asked_for(session, world, people, sign_in):
    world.meeting.stand_in = StandIn.NOBODY
    session.commit()
    page = sign_in(world.delegate).get(f"/meetings/{world.meeting.id}/answer")
    assert 'name="substitute"' not in page.get_data(as_text=True)
