import json

import pytest
from sqlalchemy import func, select

from meetings import clock, policy
from meetings.demo import credentials, members
from meetings.demo.crowd import entering
from meetings.demo.services import NotADemo, load_crowd
from meetings.members.life.replay import state_on
from meetings.members.records import queries
from meetings.models import AuditEntry, Body, Member, MemberEvent, User

COUNT = 60
TABLES = (Body, Member, MemberEvent, User)


def counted(session) -> list[int]:
    return [session.scalar(select(func.count()).select_from(table)) for table in TABLES]


def test_a_whole_province_is_entered_once_as_one_act(installation):
    greeting = load_crowd(installation, COUNT)
    with installation.database.reading() as session:
        before = counted(session)
        present = select(func.count()).select_from(Member).where(Member.present)
        assert session.scalar(present) == COUNT + members.MANY
        lines = select(AuditEntry).where(AuditEntry.action == entering.ACTION)
        [line] = session.scalars(lines)
        assert line.detail == {"bodies": 4503, "members": COUNT}
        for member in session.scalars(select(Member).limit(30).order_by(Member.id.desc())):
            events = queries.events_of(session, member)
            state = state_on(queries.happenings(events), clock.today())
            assert (member.body_id, member.present) == (state.keeper, state.counts)
            assert (member.counted_from, member.badges) == (
                state.counted_from,
                list(state.badges),
            )
    assert load_crowd(installation, COUNT) == greeting, "a second call enters nobody"
    with installation.database.reading() as session:
        assert counted(session) == before
        accounts = json.loads(credentials.file_of(installation.settings).read_text())
        name = accounts[credentials.CELL]["username"]
        assert name in greeting
        secretary = session.scalars(select(User).where(User.username == name)).one()
        assert secretary.demo
        assert len(session.scalars(policy.listed_bodies(secretary)).all()) == 1


def test_it_never_comes_among_real_people(installation, session, world):
    session.commit()
    with pytest.raises(NotADemo):
        load_crowd(installation, COUNT)
    assert session.scalar(select(func.count()).select_from(Member)) == 0
