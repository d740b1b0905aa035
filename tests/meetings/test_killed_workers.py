"""A worker that is killed in the midst of a job: nothing that was ordered is lost."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import select

from meetings import clock, events, jobs, models
from meetings.installation import Installation
from meetings.models import Job, JobState
from tests.kills import code_of, killed, lines_of, moments

CODE = code_of(jobs, events, models)
FIRST, THEN = "test.first-of-two", "test.second-of-two"
AT_FIRST = clock.now

pytestmark = [pytest.mark.long, pytest.mark.sqlite]


@pytest.fixture
def desk(tmp_path) -> Iterator[Path]:
    """A folder in which each of two kinds of jobs leaves its mark; the first orders the second."""
    desk = tmp_path / "desk"
    desk.mkdir()

    @jobs.handles(FIRST)
    def first(run: jobs.Run) -> None:
        run.progress(1, 2)
        name = run.payload["name"]
        (desk / f"{name} first").touch()
        run.installation.database.write(
            lambda session: jobs.enqueue(session, THEN, run.payload, key=f"then:{name}")
        )

    @jobs.handles(THEN)
    def then(run: jobs.Run) -> None:
        (desk / f"{run.payload['name']} then").touch()

    yield desk
    del jobs.HANDLERS[FIRST], jobs.HANDLERS[THEN]


def test_what_a_killed_worker_had_taken_is_done_by_the_next_one(installation, desk, monkeypatch):
    names = count()

    def order() -> str:
        name = str(next(names))
        installation.database.write(
            lambda session: jobs.enqueue(session, FIRST, {"name": name}, key=name)
        )
        installation.database.close()
        return name

    def work() -> None:
        own = Installation(installation.settings)
        while jobs.run_next(own, "worker"):
            pass
        own.close()

    order()
    lines = lines_of(work, CODE)
    left = set()
    for step in moments(lines, 8):
        name = order()
        killed(work, CODE, step)
        with installation.database.reading() as session:
            left |= {job.state for job in session.scalars(select(Job))}
        with monkeypatch.context() as patch:
            patch.setattr(clock, "now", lambda: AT_FIRST() + jobs.LEASE + timedelta(seconds=1))
            work()
        assert {file.name for file in desk.glob(f"{name} *")} == {f"{name} first", f"{name} then"}
        with installation.database.reading() as session:
            assert {job.state for job in session.scalars(select(Job))} == {JobState.DONE}
    assert {JobState.WAITING, JobState.RUNNING, JobState.DONE} <= left
    print(f"{len(moments(lines, 8))} kills among {len(lines)} lines of a worker")
