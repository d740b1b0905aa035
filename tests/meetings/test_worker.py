"""The worker does what is due, and gives its lease back when it must stop."""

import contextlib
import os
import signal
import threading
import time
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from meetings import clock, jobs, worker
from meetings.installation import Installation
from meetings.models import Event, Job, JobState


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
    quick = database.write(lambda s: jobs.enqueue(s, "test.quick", {}, key="quick")).id
    stuck = database.write(lambda s: jobs.enqueue(s, "test.slow", {}, key="slow")).id

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
        states = {job.id: job.state for job in session.scalars(select(Job))}
    assert states == {quick: JobState.DONE, stuck: JobState.WAITING}


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
