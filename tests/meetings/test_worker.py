"""The worker does what is due, and gives its lease back when it must stop."""

import contextlib
import os
import signal
import threading
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from meetings import audit, clock, events, jobs, periodic, worker
from meetings.installation import Installation
from meetings.models import Event, Job, JobState, PeriodicJob
from tests import papers


@pytest.fixture(autouse=True)
def handlers(monkeypatch) -> Iterator[None]:
    monkeypatch.setattr(worker, "IDLE_SECONDS", 0.01)
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def test_the_worker_does_due_jobs_and_returns_the_one_it_was_stopped_at(
    installation: Installation, monkeypatch
):
    started = threading.Event()
    monkeypatch.setitem(jobs.HANDLERS, "test.quick", lambda _run: None)

    def slow(_run: jobs.Run) -> None:
        started.set()
        time.sleep(30)

    monkeypatch.setitem(jobs.HANDLERS, "test.slow", slow)
    database = installation.database
    database.write(lambda s: s.add(Event(at=clock.now(), topic="t", kind="k", data={})))
    quick = database.write(lambda s: jobs.enqueue(s, "test.quick", {}, key="quick"))
    stuck = database.write(lambda s: jobs.enqueue(s, "test.slow", {}, key="slow"))

    def stop() -> None:
        started.wait(10)
        os.kill(os.getpid(), signal.SIGTERM)

    stopper = threading.Thread(target=stop)
    stopper.start()
    try:
        worker.work(installation.settings)
    finally:
        stopper.join()
    with database.reading() as session:
        states = {job.id: session.get_one(Job, job.id).state for job in (quick, stuck)}
    assert states == {quick.id: JobState.DONE, stuck.id: JobState.WAITING}


def test_the_worker_stops_though_a_library_swallows_the_interruption(
    installation: Installation, monkeypatch
):
    def swallow(_run: jobs.Run) -> None:
        with contextlib.suppress(SystemExit):
            signal.raise_signal(signal.SIGTERM)

    monkeypatch.setitem(jobs.HANDLERS, "test.swallow", swallow)
    database = installation.database
    job = database.write(lambda s: jobs.enqueue(s, "test.swallow", {}, key="swallow"))
    worker.work(installation.settings)
    with database.reading() as session:
        assert session.get_one(Job, job.id).state is JobState.DONE


def test_the_worker_does_what_comes_again_and_again(installation: Installation, monkeypatch):
    declared = {"worker.sweep", "audit.head", "backup.create", "doctor.examine"}
    assert declared <= periodic.DECLARED.keys() <= jobs.HANDLERS.keys()
    database = installation.database
    past = clock.now() - events.KEEP - timedelta(days=1)
    database.write(
        lambda s: s.add_all([Event(at=past, topic="t", kind="k", data={}) for _ in range(2)])
    )
    database.write(lambda s: audit.record(s, audit.Deed(action="begin")))
    periodic.order_due(installation)
    papers.work(installation)
    with database.reading() as session:
        assert session.scalar(select(func.count(Event.seq))) == 1
        for kind in ("worker.sweep", "audit.head"):
            assert session.get_one(PeriodicJob, kind).finished_at
    assert list(installation.settings.heads_folder.iterdir())
