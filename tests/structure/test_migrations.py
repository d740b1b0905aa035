"""House rules of the migrations, as tests."""

from datetime import date

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, select

from meetings import vault
from meetings.documents.queries import current_version, pages_of
from meetings.intake import Source
from meetings.members.records import services as records
from meetings.members.records.queries import events_of
from meetings.members.records.services import Draft
from meetings.models import Base, Body, Database, EventKind, Member
from meetings.schema import revisions
from meetings.upgrade import migration_config
from tests import factories, papers


@pytest.fixture
def url(empty_database: str) -> str:
    return empty_database


@pytest.fixture
def config(url: str) -> Config:
    config = migration_config(url)
    command.upgrade(config, "head")
    return config


def test_there_is_one_head(config: Config):
    assert len(ScriptDirectory.from_config(config).get_heads()) == 1


def test_migrations_are_numbered(config: Config):
    known = sorted(s.revision for s in ScriptDirectory.from_config(config).walk_revisions())
    assert known == [f"{number:04}" for number in range(1, len(known) + 1)]
    assert revisions() == tuple(known)


def test_the_head_equals_the_tables(config: Config, url: str):
    database = Database(url)
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    database.close()


def test_down_and_up_again_with_data_in_it(config: Config, url: str):
    database = Database(url)
    with database.writing() as session:
        factories.user(session, (factories.Role.CLERK, factories.body(session)))
        session.commit()
    database.close()
    command.downgrade(config, "base")
    database = Database(url)
    assert inspect(database.engine).get_table_names() == ["alembic_version"]
    database.close()
    command.upgrade(config, "head")
    database = Database(url)
    with database.reading() as session:
        assert session.scalars(select(Body)).all() == []
    database.close()


def test_pages_of_versions_that_were_never_read_are_still_to_be_read(installation, session, world):
    seen = [papers.laid_out(session, installation, world.office, title=one) for one in ("a", "b")]
    current_version(session, seen[0]).header = {}
    session.commit()
    address = installation.settings.database_url
    session.close()
    installation.database.close()
    config = migration_config(address)
    command.downgrade(config, "0035")
    command.upgrade(config, "head")
    with installation.database.reading() as reading:
        found = [pages_of(reading, current_version(reading, reading.merge(one))) for one in seen]
        assert [{page.source for page in pages} for pages in found] == [
            *({Source.LAYER}, {Source.NONE})
        ]


def test_what_badges_are_counted_from_is_found_in_what_happened(installation, session, world):
    """Of members who were away once or have badges, one of them corrected, and of others."""
    factories.members_on(session, installation.keys)
    key, by = vault.members_key(session, installation.keys), world.clerk

    def entered(*more: Draft) -> Member:
        facts = {"full_name": "Lò Thị Ánh", "birth_date": "1966"}
        first = Draft(EventKind.REGISTERED, date(1985, 1, 6), world.commune.id, facts=facts)
        admitted = Draft(EventKind.ADMITTED, date(1990, 5, 19), decision="1")
        return records.enter(session, key, [first, admitted, *more], by=by)

    def badge(years: str, on: date) -> Draft:
        return Draft(EventKind.BADGE_AWARDED, on, decision="2", facts={"badge": years})

    away = (
        Draft(EventKind.LEFT, date(2000, 1, 1), decision="3"),
        Draft(EventKind.RESTORED, date(2002, 3, 1), world.commune.id, "4"),
    )
    members = [
        entered(),
        entered(*away),
        entered(badge("30", date(2020, 9, 2))),
        entered(*away, badge("40", date(2024, 9, 2)), badge("30", date(2022, 9, 2))),
    ]
    wrong = next(e for e in events_of(session, members[2]) if e.kind is EventKind.BADGE_AWARDED)
    better = badge("35", date(2021, 2, 3))
    records.record(session, key, members[2], better, by=by, corrects=wrong)
    records.enter(
        session,
        key,
        [Draft(EventKind.REGISTERED, date(2020, 1, 6), world.commune.id)],
        by=by,
    )
    session.commit()
    columns = select(Member.id, Member.counted_from, Member.badges).order_by(Member.id)
    before = session.execute(columns).all()
    assert [len(row.badges) for row in before] == [0, 0, 1, 2, 0]
    address = installation.settings.database_url
    session.close()
    installation.database.close()
    config = migration_config(address)
    command.downgrade(config, "0036")
    command.upgrade(config, "head")
    with installation.database.reading() as reading:
        assert reading.execute(columns).all() == before
