"""PostgreSQL: what its dialect promises, and on a server that it keeps it."""

import os
import shutil
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import event, inspect, select, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from meetings import audit, clock, events, upgrade
from meetings.audit import Deed
from meetings.models import Body, BodyKind, Database, Event
from meetings.models.dialects import DIALECTS, dialect_of, postgres
from meetings.models.dialects.dialect import CopyFailed
from meetings.schema import UpgradeFailed
from meetings.web import live
from meetings.web.live import Hub
from tests import factories

POSTGRES = DIALECTS["postgresql"]
ADDRESS = "postgresql+psycopg://clerk:secret@db.example/meetings"
OLD = "0004"


class DriverError(Exception):
    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.sqlstate = state


@pytest.fixture
def pg_dump(tmp_path, monkeypatch):
    """Return what puts a program of a few lines in the place of pg_dump."""

    def put(*lines: str) -> Path:
        program = tmp_path / "bin" / "pg_dump"
        program.parent.mkdir()
        program.write_text("\n".join(["#!/bin/sh", *lines]))
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
        return program

    return put


def test_an_address_says_which_dialect_is_meant():
    assert dialect_of(ADDRESS) is POSTGRES
    assert dialect_of("sqlite:///somewhere") is DIALECTS["sqlite"]


@pytest.mark.parametrize(
    ("state", "passes"),
    [("40001", True), ("40P01", True), ("55P03", True), ("23505", False), ("57P01", False)],
)
def test_only_another_writer_in_the_way_is_worth_a_second_try(state, passes):
    error = OperationalError("UPDATE", {}, DriverError(state))
    assert POSTGRES.is_in_the_way(error) is passes


def test_a_full_disk_is_told_from_other_failures():
    said = {
        state: OperationalError("UPDATE", {}, DriverError(state)) for state in ("53100", "53200")
    }
    assert {state: POSTGRES.is_full(error) for state, error in said.items()} == {
        "53100": True,
        "53200": False,
    }


def test_a_copy_is_asked_of_pg_dump_without_the_password_in_sight(pg_dump, tmp_path):
    pg_dump(f'echo "$@" > {tmp_path}/arguments', f"echo $PGPASSWORD > {tmp_path}/password")
    POSTGRES.copy(ADDRESS, tmp_path / "copy")
    assert (tmp_path / "arguments").read_text().split() == [
        "--format=custom",
        f"--file={tmp_path / 'copy'}",
        "--dbname=postgresql://clerk@db.example/meetings",
    ]
    assert (tmp_path / "password").read_text() == "secret\n"


def test_what_pg_dump_complains_of_is_handed_on(pg_dump, tmp_path):
    pg_dump("echo the server is away >&2", "exit 1")
    with pytest.raises(CopyFailed, match="the server is away"):
        POSTGRES.copy("postgresql+psycopg:///meetings", tmp_path / "copy")


def test_a_missing_pg_dump_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with pytest.raises(CopyFailed, match="install postgresql-client"):
        POSTGRES.copy(ADDRESS, tmp_path / "copy")


def test_nothing_is_migrated_where_no_copy_can_be_made(tmp_path, pg_dump):
    pg_dump("echo no room >&2", "exit 1")
    with pytest.raises(UpgradeFailed, match=r"stays at 0004.* no room"):
        upgrade._copy_or_say_why_not(ADDRESS, tmp_path / "copies", OLD)


def test_pages_that_are_not_what_their_checksums_say_are_damage(session, monkeypatch):
    monkeypatch.setattr(session, "scalar", lambda _query: 3)
    assert list(POSTGRES.damage(session)) == ["database: 3 pages were not what their checksums say"]


@pytest.fixture
def other(installation):
    """A second pool of connections to the database of the installation."""
    with closing(Database(installation.settings.database_url)) as other:
        yield other


def tell(database: Database, number: int) -> None:
    database.write(lambda session: events.publish(session, "room", "tick", number=number))


@pytest.mark.postgres
def test_a_sound_server_is_called_sound(session, monkeypatch):
    assert list(POSTGRES.damage(session)) == []
    health = POSTGRES.health(session)
    assert (health.name, health.keeps_commits, health.notices_damage) == ("PostgreSQL", True, True)


@pytest.mark.postgres
def test_a_server_that_may_lose_commits_says_by_which_setting(session, monkeypatch):
    monkeypatch.setattr(postgres, "KEEP_COMMITS", ("fsync", "full_page_writes"))
    health = POSTGRES.health(session)
    assert not health.keeps_commits
    assert health.version.endswith(", fsync = off")


@pytest.mark.postgres
def test_a_session_that_reads_cannot_write(installation):
    with (
        installation.database.reading() as session,
        pytest.raises(DBAPIError, match="read-only transaction"),
    ):
        factories.body(session)


@pytest.mark.postgres
def test_a_session_that_reads_sees_one_moment(session, installation):
    with installation.database.reading() as reading:
        assert reading.scalars(select(Body)).all() == []
        factories.body(session, kind=BodyKind.CELL)
        session.commit()
        assert reading.scalars(select(Body)).all() == []
    with installation.database.reading() as reading:
        assert len(reading.scalars(select(Body)).all()) == 1


@pytest.mark.postgres
def test_a_second_writer_waits_only_so_long(session, other):
    def hurry(connection, _record) -> None:
        connection.execute("SET lock_timeout = '10ms'")
        connection.commit()

    event.listen(other.engine, "connect", hurry)
    session.execute(text("SELECT 1"))
    with other.writing() as waiting, pytest.raises(OperationalError) as caught:
        waiting.execute(text("SELECT 1"))
    assert POSTGRES.is_in_the_way(caught.value)


@pytest.mark.postgres
def test_the_ledger_cannot_be_emptied(session: Session):
    audit.record(session, Deed(action="document:read"))
    session.commit()
    with pytest.raises(DBAPIError, match="only added to"):
        session.execute(text("TRUNCATE audit_entry"))


@pytest.mark.postgres
def test_after_the_server_cut_every_connection_streams_and_sessions_go_on(
    installation, other, monkeypatch
):
    monkeypatch.setattr(live, "PATIENCE_SECONDS", 0.1)
    hub = Hub(installation.database, streams=1)
    hub.start()
    stream = hub.stream("room", None)
    next(stream)
    tell(other, 1)
    assert b'"number":1' in next(stream)
    with other.engine.connect() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    tell(other, 2)
    assert b'"number":2' in next(stream)
    tell(installation.database, 3)
    assert b'"number":3' in next(stream)
    stream.close()
    hub.close()


@pytest.fixture
def old(empty_database: str) -> str:
    """The address of a database of an earlier version with a row in it."""
    command.upgrade(upgrade.migration_config(empty_database), OLD)
    with closing(Database(empty_database)) as database, database.writer.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE mark (word TEXT)")
        connection.exec_driver_sql("INSERT INTO mark VALUES ('đã có')")
    return empty_database


def revision(address: str) -> str:
    with closing(Database(address)) as database, database.engine.connect() as connection:
        return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()


@pytest.mark.postgres
def test_a_copy_of_the_old_version_is_kept_and_can_be_brought_back(old, databases, tmp_path):
    upgrade.upgrade(old, tmp_path / "copies")
    assert revision(old) > OLD
    copy = tmp_path / "copies" / f"{OLD}.pgdump"
    assert copy.stat().st_mode & 0o777 == 0o600
    with databases.empty(tmp_path) as other:
        address = postgres.make_url(other).set(drivername="postgresql")
        place = f"--dbname={address.render_as_string(hide_password=False)}"
        subprocess.run(["pg_restore", "--exit-on-error", place, str(copy)], check=True)
        assert revision(other) == OLD
        with closing(Database(other)) as database, database.engine.connect() as connection:
            assert connection.exec_driver_sql("SELECT word FROM mark").all() == [("đã có",)]


@pytest.mark.postgres
def test_a_migration_that_fails_half_way_leaves_no_half_of_it(old, tmp_path):
    with closing(Database(old)) as database:
        with database.writer.begin() as connection:
            connection.exec_driver_sql(
                "CREATE FUNCTION keep_ledger() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RETURN NULL; END $$"
            )
        before = inspect(database.engine).get_table_names()
        with pytest.raises(UpgradeFailed, match="already exists"):
            upgrade.upgrade(old, tmp_path / "copies")
        assert inspect(database.engine).get_table_names() == before
    assert revision(old) == OLD


@pytest.mark.postgres
def test_events_are_numbered_in_the_order_of_their_commits(installation, session, other):
    tell(other, 1)
    session.add(Event(at=clock.now(), topic="room", kind="tick", data={}))
    session.rollback()
    tell(other, 2)
    with other.pulse() as pulse:
        first = pulse()
        tell(installation.database, 3)
        assert pulse() == first + 1
