import pytest
from sqlalchemy import select

from meetings.models import Participant
from tests import factories


@pytest.fixture
def part(session, world):
    """Return the delegate's part in the meeting."""
    return session.scalars(
        select(Participant).where(
            Participant.meeting_id == world.meeting.id,
            Participant.person_id == world.delegate.person_id,
        )
    ).one()


@pytest.fixture
def deputy(session, world):
    """Return somebody of the delegates' unit who takes part in nothing."""
    person = factories.person(session, full_name="Lò Thị Dự Thay")
    unit = factories.body(session)
    for one in (person, world.delegate.person):
        factories.post(session, one, unit)
    session.commit()
    return person
