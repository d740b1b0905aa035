"""Prepared statements answer as the ordinary way of asking does, on every kind of database."""

from datetime import timedelta

import pytest
from sqlalchemy import bindparam, event, func, select
from sqlalchemy.exc import DBAPIError, MultipleResultsFound

from meetings import clock
from meetings.models import AccessLevel, Meeting, MeetingState, User
from meetings.models.prepared import Prepared, settled

COLUMNS = (
    Meeting.id,
    Meeting.title,
    Meeting.starts_at,
    User.clearance,
    Meeting.turns_at,
    Meeting.revision,
)
OF_A_DAY = (
    select(*COLUMNS)
    .join(User, User.id == bindparam("who", type_=User.id.type))
    .where(Meeting.id == bindparam("wanted", type_=Meeting.id.type))
    .where(Meeting.starts_at < bindparam("before", type_=Meeting.starts_at.type))
    .where(Meeting.state != MeetingState.PLANNED)
)


@pytest.fixture
def given(session, world):
    world.meeting.turns_at = [1.5, 2.5]
    session.merge(world.delegate).clearance = AccessLevel.INTERNAL
    session.commit()
    before = world.meeting.starts_at + timedelta(days=1)
    return {"wanted": world.meeting.id, "before": before, "who": world.delegate.id}


def test_every_kind_of_column_comes_back_as_the_mapped_one_does(session, given):
    expected = tuple(session.execute(OF_A_DAY, given).one())
    found = Prepared(OF_A_DAY).one_or_none(session.connection(), given)
    assert found == expected
    assert [type(value) for value in found] == [type(value) for value in expected]
    assert found[3] is AccessLevel.INTERNAL
    assert found[4] == [1.5, 2.5]


def test_what_is_given_decides_and_what_is_not_asked_for_is_left_alone(session, world, given):
    prepared, connection = Prepared(OF_A_DAY), session.connection()
    assert prepared.one_or_none(connection, given | {"more": object()})
    assert prepared.one_or_none(connection, given | {"before": clock.now() - timedelta(9)}) is None
    assert prepared.one_or_none(connection, given | {"wanted": world.planned_meeting.id}) is None


def test_a_list_of_values_in_the_statement_counts_as_written(session, world, given):
    some = (MeetingState.RELEASED, MeetingState.IN_SESSION)
    listed = select(Meeting.id).where(Meeting.state.in_(some)).order_by(Meeting.id)
    connection = session.connection()
    assert Prepared(listed).all(connection, {}) == [tuple(row) for row in session.execute(listed)]
    among = Prepared(OF_A_DAY.where(Meeting.state.in_(some)))
    assert among.one_or_none(connection, given)
    assert not among.one_or_none(connection, given | {"wanted": world.planned_meeting.id})


def test_all_rows_come_in_the_order_of_the_statement(session, world):
    assert world.meeting
    listed = select(Meeting.title, Meeting.starts_at).order_by(Meeting.starts_at.desc())
    found = Prepared(listed).all(session.connection(), {})
    assert len(found) > 1
    assert found == [tuple(row) for row in session.execute(listed)]


def test_a_change_that_was_not_sent_yet_counts_once_the_session_has_settled(session, world):
    titles = Prepared(select(Meeting.title).where(Meeting.id == world.meeting.id))
    session.get(Meeting, world.meeting.id).title = "Họp sau"
    assert titles.all(settled(session), {}) == [("Họp sau",)]


def test_whoever_listens_to_statements_hears_it_and_it_answers_the_same(session, given):
    heard = []

    def note(_connection, _cursor, statement, *_more):
        heard.append(statement)

    prepared, engine = Prepared(OF_A_DAY), session.get_bind()
    unheard = prepared.one_or_none(session.connection(), given)
    event.listen(engine, "before_cursor_execute", note)
    assert prepared.one_or_none(session.connection(), given) == unheard
    event.remove(engine, "before_cursor_execute", note)
    assert len(heard) == 1
    assert prepared.one_or_none(session.connection(), given) == unheard
    assert len(heard) == 1


def test_it_fails_as_an_ordinary_statement_does(session):
    nonsense = Prepared(select(func.nothing_of_the_kind()))
    with pytest.raises(DBAPIError):
        nonsense.one_or_none(session.connection(), {})


def test_a_value_left_out_is_a_mistake_and_not_a_null(session, given):
    del given["before"]
    with pytest.raises(KeyError):
        Prepared(OF_A_DAY).one_or_none(session.connection(), given)


def test_more_rows_than_one_are_a_mistake(session, world):
    assert world.clerk.id != world.delegate.id
    with pytest.raises(MultipleResultsFound):
        Prepared(select(User.id)).one_or_none(session.connection(), {})
