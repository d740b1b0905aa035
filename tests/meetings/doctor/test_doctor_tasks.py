"""The nightly examination finds every damage, writes it down, and the doctor tells it."""

import os
import random
import time
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text

from meetings import clock, jobs, periodic
from meetings.doctor import queries, services, tasks
from meetings.doctor.services import Light
from meetings.models import AuditEntry, Job, Page, PeriodicJob
from tests import papers

NIGHT = datetime(2026, 11, 24, 19, tzinfo=UTC)  # two o'clock in Vietnam
NOON = datetime(2026, 11, 25, 5, tzinfo=UTC)
FLIPS = 60


@pytest.fixture
def filled(installation, world):
    """An installation with one prepared document."""
    papers.prepared(installation, world.office)
    return installation


@pytest.fixture
def examine(filled):
    """Return what examines as the worker does and gives back what the doctor says."""

    def run():
        order = filled.database.write(
            lambda session: jobs.enqueue(session, tasks.KIND, {}, key=f"now:{random.random()}")
        )
        papers.work(filled)
        with filled.database.reading() as session:
            assert session.get_one(Job, order.id).problem == ""
        return list(services.data(filled))

    return run


def test_whole_data_is_green_with_the_number_of_files(filled, examine):
    assert [finding.light for finding in services.data(filled)] == [Light.AMBER]
    [finding] = examine()
    assert finding.light is Light.GREEN
    assert finding.facts["files"] == len(list(filled.store.digests())) == 2 + 3 * 4


def test_any_flipped_bit_in_any_file_is_found(filled):
    chance = random.Random(7)
    names = sorted(filled.store.digests())
    for _ in range(FLIPS):
        digest = chance.choice(names)
        file = filled.store.ciphertext(digest)
        whole = file.read_bytes()
        at, bit = chance.randrange(len(whole)), 1 << chance.randrange(8)
        file.chmod(0o600)
        file.write_bytes(whole[:at] + bytes([whole[at] ^ bit]) + whole[at + 1 :])
        assert queries.damaged_files(filled) == (len(names), [f"damaged: {digest}"])
        file.write_bytes(whole)
    assert queries.damaged_files(filled) == (len(names), [])


def test_a_file_that_only_a_page_names_is_missed(filled, examine):
    with filled.database.reading() as session:
        page = session.scalars(select(Page)).first()
    filled.store.remove(page.thumbnail)
    [finding] = examine()
    assert finding.light is Light.RED
    assert finding.facts["first"] == f"missing: {page.thumbnail}"


@pytest.mark.sqlite
def test_a_row_that_names_nothing_is_found(filled, examine):
    with filled.database.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("DELETE FROM document_version")
        connection.exec_driver_sql("PRAGMA foreign_keys=ON")
    [finding] = examine()
    assert finding.light is Light.RED
    assert "document_version" in finding.facts["first"]


@pytest.mark.sqlite
def test_the_database_says_itself_what_is_wrong_with_it(filled, session, monkeypatch):
    found = [text("SELECT 'row 7 missing from index'"), text("SELECT 1 WHERE 0")]
    answers = [session.execute(one) for one in found]
    monkeypatch.setattr(session, "execute", lambda _statement: answers.pop(0))
    assert list(filled.database.dialect.damage(session)) == ["database: row 7 missing from index"]


@pytest.mark.parametrize(
    ("now", "age", "ordered"),
    [
        (NIGHT, timedelta(hours=2), True),
        (NIGHT, timedelta(minutes=59), False),
        (NIGHT, timedelta(hours=24), True),
        (NOON, timedelta(hours=10), False),
        (NOON, timedelta(hours=29), False),
        (NOON, timedelta(hours=31), True),
    ],
)
@pytest.mark.parametrize("done_before", [True, False])
def test_it_is_ordered_by_night_and_by_day_where_the_last_is_long_ago(
    installation, monkeypatch, now, age, ordered, done_before
):
    row = PeriodicJob(kind=tasks.KIND, created_at=now - age)
    row.ordered_at = row.created_at if done_before else None
    installation.database.write(lambda session: session.add(row))
    monkeypatch.setattr(clock, "now", lambda: now)
    for _ in range(2):
        periodic.order_due(installation)
    with installation.database.reading() as session:
        orders = session.scalars(select(Job).where(Job.kind == tasks.KIND)).all()
    assert len(orders) == ordered


def test_an_old_examination_is_amber(filled, examine, monkeypatch):
    examine()
    later = clock.now() + services.OLD + timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert [finding.light for finding in services.data(filled)] == [Light.AMBER]


def test_long_examinations_tell_how_far_they_are(filled, examine, monkeypatch):
    monkeypatch.setattr(tasks, "TELL_SECONDS", 0.0)
    examine()
    with filled.database.reading() as session:
        job = session.scalars(select(Job).where(Job.kind == tasks.KIND)).one()
        entry = session.scalars(select(AuditEntry).where(AuditEntry.action == queries.EXAMINED))
        assert entry.one().detail["wrong"] == 0
    assert job.total == 2 + 3 * 4


@pytest.mark.parametrize(("days", "kept"), [(29, True), (31, False)])
def test_a_file_that_no_row_names_is_removed_after_a_month(filled, examine, days, kept):
    names = set(filled.store.digests())
    left = filled.store.put_bytes(b"half a preparation", key=bytes(32)).digest
    written = time.time() - timedelta(days=days).total_seconds()
    for digest in (*names, left):
        os.utime(filled.store.ciphertext(digest), (written, written))
    examine()
    assert set(filled.store.digests()) == names | ({left} if kept else set())
