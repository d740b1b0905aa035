"""The nightly backup as a job."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from meetings import clock, jobs, worker
from meetings.backup import runs, tasks
from meetings.models import Job, JobState, MeetingState
from tests import factories


def orders(installation) -> list[Job]:
    with installation.database.reading() as session:
        return list(session.scalars(select(Job).where(Job.kind == tasks.KIND)))


def test_the_worker_orders_a_backup_once_a_day_and_makes_it(filled, folder):
    assert tasks.order_if_due in worker.CHORES
    tasks.order_if_due(filled)
    tasks.order_if_due(filled)
    assert [job.state for job in orders(filled)] == [JobState.WAITING]
    while jobs.run_next(filled, "test"):
        pass
    assert [job.state for job in orders(filled)] == [JobState.DONE]
    assert len(runs.runs_of(folder)) == 1
    runs.runs_of(folder)[0].joinpath("manifest.json").unlink()
    tasks.order_if_due(filled)
    assert len(orders(filled)) == 1


def test_nothing_is_ordered_while_a_run_is_fresh(filled, create):
    create()
    tasks.order_if_due(filled)
    assert orders(filled) == []


@pytest.mark.parametrize(
    ("state", "begun", "minutes", "orders_one"),
    [
        (MeetingState.RELEASED, -1, 6, True),
        (MeetingState.RELEASED, -1, 4, False),
        (MeetingState.PLANNED, -1, 6, False),
        (MeetingState.RELEASED, 1, 6, False),
        (MeetingState.RELEASED, -9, 6, False),
    ],
    ids=["running", "fresh", "not released", "later", "over"],
)
def test_while_a_meeting_runs_a_backup_is_ordered_every_five_minutes(
    filled, create, folder, state, begun, minutes, orders_one
):
    create()
    [run] = runs.runs_of(folder)
    run.rename(run.with_name(runs.name_of(clock.now() - timedelta(minutes=minutes))))

    def hold(session):
        body = factories.body(session)
        start = clock.now() + timedelta(hours=begun)
        factories.meeting(session, body, state=state, starts_at=start)

    filled.database.write(hold)
    for _ in range(2):
        tasks.order_if_due(filled)
    assert len(orders(filled)) == orders_one


def test_a_backup_that_lacks_a_file_fails_in_sight(filled, add_document, folder):
    filled.store.remove(add_document(b"Lost."))
    tasks.order_if_due(filled)
    assert jobs.run_next(filled, "test")
    [job] = orders(filled)
    assert job.state is JobState.WAITING
    assert "missing or damaged in the store" in job.problem
    assert len(runs.runs_of(folder)) == 1


def test_a_long_backup_keeps_its_lease_without_writing_all_the_time(monkeypatch):
    told, moments = [], iter([0.0, 1.0, 6.0, 6.0, 7.0, 12.0, 12.0])
    monkeypatch.setattr(tasks.time, "monotonic", lambda: next(moments))
    progress = tasks._now_and_then(lambda done, total: told.append((done, total)))
    for done in range(4):
        progress(done, 9)
    assert told == [(1, 9), (3, 9)]


def test_the_job_has_its_handler():
    assert jobs.HANDLERS[tasks.KIND] is tasks.create


@pytest.mark.parametrize("seconds", [tasks.TELL_SECONDS])
def test_progress_comes_well_before_the_lease_ends(seconds):
    assert seconds * 2 < jobs.LEASE.total_seconds()
