"""Which version the tables have."""

import pytest
from alembic import command
from sqlalchemy import create_engine

from meetings import schema, upgrade

OLD = "0004"


@pytest.fixture
def engine(empty_database: str):
    engine = create_engine(empty_database)
    yield engine
    engine.dispose()


def test_a_database_without_tables_has_no_version(engine, empty_database: str):
    assert schema.revision_of(engine) is None
    assert not schema.is_up_to_date(empty_database)


def test_tables_of_an_older_program_are_behind(engine, empty_database: str):
    command.upgrade(upgrade.migration_config(empty_database), OLD)
    assert schema.revision_of(engine) == OLD
    assert not schema.is_up_to_date(empty_database)


def test_tables_of_this_program_are_up_to_date(engine, empty_database: str):
    upgrade.migrate(empty_database)
    assert schema.revision_of(engine) == schema.revisions()[-1]
    assert schema.is_up_to_date(empty_database)
