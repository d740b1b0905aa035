import pytest

from meetings.models import ParticipantRole
from tests import factories


@pytest.fixture
def chair(session, world):
    """Return the account of the meeting's chair."""
    user = factories.user(session)
    factories.participant(session, world.meeting, user.person, role=ParticipantRole.CHAIR)
    session.commit()
    return user


@pytest.fixture
def items(session, world):
    """Return the item of the world and two after it."""
    more = [
        factories.item(session, world.meeting, position=place, planned_minutes=30)
        for place in (2, 3)
    ]
    session.commit()
    return [world.item, *more]
