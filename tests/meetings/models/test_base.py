from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import inspect, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Session

from meetings import clock
from meetings.models import AccessLevel, Base, Body, BodyKind, new_id
from meetings.models.base import AccessLevelType, UtcDateTime
from tests import factories

DIALECT = sqlite.dialect()


def test_ids_are_uuids_of_version_seven_that_grow_with_time():
    first, second = new_id(), new_id()
    assert {first.version, second.version} == {7}
    assert first.variant == "specified in RFC 4122"
    assert first.int >> 64 <= second.int >> 64
    assert len({new_id() for _ in range(1000)}) == 1000


@pytest.mark.sqlite
def test_every_table_is_strict(session: Session):
    loose = session.execute(
        text("SELECT name FROM pragma_table_list WHERE schema = 'main' AND NOT strict")
    ).scalars()
    assert set(loose) <= {"sqlite_schema", "sqlite_sequence", "alembic_version"}


def test_a_row_comes_back_as_it_was_stored(session: Session):
    body = factories.body(session, kind=BodyKind.CELL, opened_on=clock.today())
    moment = body.created_at
    session.expire_all()
    again = session.get_one(Body, body.id)
    assert (again.kind, again.opened_on, again.created_at) == (BodyKind.CELL, clock.today(), moment)


def test_a_moment_without_a_zone_is_refused(session: Session):
    with pytest.raises(StatementError, match="time zone"):
        factories.body(session, created_at=datetime(2026, 1, 1))


@given(st.one_of(st.none(), st.sampled_from(AccessLevel)))
def test_access_levels_survive_the_database(level: AccessLevel | None):
    kind = AccessLevelType()
    assert kind.process_result_value(kind.process_bind_param(level, DIALECT), DIALECT) == level


def test_no_moment_stays_no_moment():
    kind = UtcDateTime()
    assert kind.process_bind_param(None, DIALECT) is None
    assert kind.process_result_value(None, DIALECT) is None


def test_every_table_has_a_key_made_by_us():
    for table in Base.metadata.tables.values():
        assert inspect(table).primary_key
