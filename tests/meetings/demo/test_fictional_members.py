from datetime import date, timedelta
from time import perf_counter

import pytest
from sqlalchemy import select

from meetings import clock, policy
from meetings.demo import members
from meetings.demo.furnishing import Furnishing
from meetings.members.module.queries import approval
from meetings.models import Member, Standing


@pytest.fixture
def furnishing(session, installation) -> Furnishing:
    made = Furnishing(session, installation.keys, clock.today())
    made.settle()
    return made


def test_the_register_is_on_and_its_keeper_finds_some_dozens(session, furnishing):
    before = perf_counter()
    members.enter(furnishing)
    assert perf_counter() - before < 5, "a second on a machine of one's own"
    switched = approval(session)
    assert switched is not None
    assert switched.number == members.APPROVAL
    assert switched.decided_on == furnishing.today - timedelta(days=30)
    found = session.scalars(policy.readable_members(furnishing.secretary)).all()
    assert len(found) == members.MANY
    assert all(member.present for member in found)
    assert {member.standing for member in found} == {Standing.PROBATIONARY, Standing.FULL}
    assert len({member.full_name for member in found}) == members.MANY
    assert {member.body.name for member in found} == set(members.CELLS)


@pytest.mark.parametrize("day", [date(2026, 11, 27), date(2031, 2, 28)])
def test_the_members_can_be_whatever_the_day(session, installation, day):
    furnishing = Furnishing(session, installation.keys, min(day, clock.today()))
    furnishing.settle()
    members.enter(furnishing)
    rows = session.scalars(select(Member)).all()
    assert sum(member.standing is Standing.PROBATIONARY for member in rows) > 0
