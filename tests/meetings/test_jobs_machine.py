"""Jobs against a plain model: whatever happens in whatever order, nothing is lost or done twice."""

import os
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import settings as effort
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from meetings import clock, jobs
from meetings.installation import Installation
from meetings.models import Base, Job, JobState
from meetings.settings import Settings
from tests.databases import Databases

KINDS = {
    "ingest": ("machine.awaited", jobs.Urgency.SOMEBODY_WAITS),
    "render": ("machine.step", jobs.Urgency.SOON),
    "index": ("machine.idle", jobs.Urgency.WHEN_IDLE),
}
JUMPS = [timedelta(minutes=1), timedelta(hours=1), timedelta(days=1), timedelta(days=365)]
EXAMPLES = 200 if os.environ.get("LONG_TESTS") else 20
keys = st.sampled_from(sorted(KINDS))
owners = st.sampled_from(["left", "right"])
OUTCOMES: dict[str, Exception | None] = {
    "well": None,
    "badly": OSError("no luck"),
    "hopelessly": jobs.Unrepairable("damaged"),
}


@dataclass
class Expected:
    """What the model says of one job."""

    key: str
    due_at: datetime
    state: JobState = JobState.WAITING
    attempts: int = 0
    owner: str = ""
    leased_until: datetime | None = None
    problem: str = ""
    not_before: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.state in jobs.OPEN

    def is_due(self, moment: datetime) -> bool:
        if self.state is JobState.RUNNING:
            return not moment <= self.leased_until <= moment + jobs.LEASE
        if self.state is not JobState.WAITING or (self.not_before and self.not_before > moment):
            return False
        return not moment < self.due_at <= moment + jobs.LONGEST_WAIT

    def release(self) -> None:
        self.owner, self.leased_until = "", None


def seen(job: Job) -> Expected:
    return Expected(
        key=job.dedupe_key,
        due_at=job.due_at,
        state=job.state,
        attempts=job.attempts,
        owner=job.lease_owner,
        leased_until=job.leased_until,
        problem=job.problem,
        not_before=job.not_before,
    )


class Queue(RuleBasedStateMachine):
    """Two workers, three keys and a clock that moves when it is told to."""

    def __init__(self, databases: Databases) -> None:
        super().__init__()
        self.lent = ExitStack()
        folder = Path(self.lent.enter_context(tempfile.TemporaryDirectory()))
        address = self.lent.enter_context(databases.empty(folder))
        self.installation = Installation(Settings(instance=folder, database=address))
        Base.metadata.create_all(self.installation.database.engine)
        self.moment = datetime(2026, 1, 5, 8, tzinfo=UTC)
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(clock, "now", lambda: self.moment)
        for kind, urgency in KINDS.values():
            self.patch.setitem(jobs.HANDLERS, kind, self.handle)
            self.patch.setitem(jobs.URGENCY, kind, urgency)
        self.model: dict[UUID, Expected] = {}
        self.outcome: Exception | None = None
        self.handled: list[UUID] = []

    def teardown(self) -> None:
        self.patch.undo()
        self.installation.close()
        self.lent.close()

    def handle(self, run: jobs.Run) -> None:
        self.handled.append(run.job_id)
        run.progress(1, 3)
        if self.outcome:
            raise self.outcome

    def next_due(self) -> UUID | None:
        due = [
            (KINDS[job.key][1], job.due_at, identity)
            for identity, job in self.model.items()
            if job.is_due(self.moment)
        ]
        return min(due)[2] if due else None

    def next_due_after_burials(self) -> UUID | None:
        """Return the next job, or none where it ended its worker too often and is buried."""
        identity = self.next_due()
        if identity and self.model[identity].attempts >= jobs.MAX_ATTEMPTS:
            expected = self.model[identity]
            expected.state = JobState.DEAD
            expected.problem = "The worker ended during every attempt."
            expected.release()
            return None
        return identity

    def open_with(self, key: str) -> list[UUID]:
        return [i for i, job in self.model.items() if job.is_open and job.key == key]

    def revivable(self) -> list[UUID]:
        return sorted(
            identity
            for identity, job in self.model.items()
            if job.state in jobs.ENDED and not self.open_with(job.key)
        )

    @rule(key=keys, later=st.sampled_from([None, None, timedelta(hours=1)]))
    def enqueue(self, key: str, later: timedelta | None) -> None:
        moment = self.moment + later if later else None
        job = self.installation.database.write(
            lambda session: jobs.enqueue(
                session, KINDS[key][0], {"key": key}, key=key, not_before=moment
            )
        )
        known = self.open_with(key)
        assert known in ([], [job.id]), "an open key is not queued twice"
        if not known:
            assert job.id not in self.model
            due = moment or self.moment
            self.model[job.id] = Expected(key, due_at=due, not_before=moment)

    @rule(owner=owners)
    def claim(self, owner: str) -> None:
        job = self.installation.database.write(lambda session: jobs.claim(session, owner))
        identity = self.next_due_after_burials()
        assert (job.id if job else None) == identity, (
            "the most urgent comes first, of equals the one due longest"
        )
        if identity:
            expected = self.model[identity]
            expected.state, expected.owner = JobState.RUNNING, owner
            expected.attempts += 1
            expected.leased_until = self.moment + jobs.LEASE

    @rule(owner=owners, how=st.sampled_from(sorted(OUTCOMES)))
    def work(self, owner: str, how: str) -> None:
        self.outcome, self.handled = OUTCOMES[how], []
        identity = self.next_due_after_burials()
        assert jobs.run_next(self.installation, owner) is (identity is not None)
        assert self.handled == ([identity] if identity else [])
        if identity:
            expected = self.model[identity]
            expected.attempts += 1
            expected.release()
            self.settle(expected, how)

    def settle(self, expected: Expected, how: str) -> None:
        problem = OUTCOMES[how]
        expected.problem = f"{type(problem).__name__}: {problem}" if problem else ""
        if how == "well":
            expected.state = JobState.DONE
        elif how == "hopelessly" or expected.attempts >= jobs.MAX_ATTEMPTS:
            expected.state = JobState.DEAD
        else:
            expected.state = JobState.WAITING
            expected.due_at = self.moment + jobs.BACKOFF * 2**expected.attempts

    @rule(owner=owners)
    def give_back(self, owner: str) -> None:
        self.installation.database.write(lambda session: jobs.give_back(session, owner))
        for expected in self.model.values():
            if expected.owner == owner:
                expected.state = JobState.WAITING
                expected.attempts -= 1
                expected.release()

    @rule(data=st.data())
    @precondition(lambda self: any(job.state is JobState.RUNNING for job in self.model.values()))
    def let_a_lease_lapse(self, data: st.DataObject) -> None:
        running = sorted(i for i, job in self.model.items() if job.state is JobState.RUNNING)
        identity = data.draw(st.sampled_from(running))
        past = self.moment - timedelta(seconds=1)

        def lapse(session) -> None:
            session.get_one(Job, identity).leased_until = past

        self.installation.database.write(lapse)
        self.model[identity].leased_until = past

    @rule(data=st.data())
    @precondition(lambda self: bool(self.revivable()))
    def retry(self, data: st.DataObject) -> None:
        identity = data.draw(st.sampled_from(self.revivable()))
        self.installation.database.write(
            lambda session: jobs.retry(session, session.get_one(Job, identity))
        )
        expected = self.model[identity]
        expected.state, expected.attempts, expected.problem = JobState.WAITING, 0, ""
        expected.due_at, expected.not_before = self.moment, None

    @rule(data=st.data())
    @precondition(lambda self: bool(self.model))
    def cancel(self, data: st.DataObject) -> None:
        identity = data.draw(st.sampled_from(sorted(self.model)))
        self.installation.database.write(
            lambda session: jobs.cancel(session, session.get_one(Job, identity))
        )
        expected = self.model[identity]
        if expected.is_open:
            expected.state = JobState.CANCELLED
            expected.release()

    @rule(seconds=st.sampled_from([1, 8, 40, 61]))
    def wait(self, seconds: int) -> None:
        self.moment += timedelta(seconds=seconds)

    @rule(jump=st.sampled_from([sign * jump for jump in JUMPS for sign in (1, -1)]))
    def set_the_clock(self, jump: timedelta) -> None:
        self.moment += jump

    @invariant()
    def what_was_not_ordered_for_later_is_due_within_a_minute(self) -> None:
        soon = (self.moment, self.moment + jobs.LEASE + timedelta(seconds=1))
        for job in self.model.values():
            if job.is_open and not job.not_before:
                assert any(job.is_due(moment) for moment in soon)

    @invariant()
    def every_job_is_as_the_model_says(self) -> None:
        with self.installation.database.reading() as session:
            rows = session.scalars(select(Job)).all()
            due = jobs.is_due(session)
        assert {job.id: seen(job) for job in rows} == self.model, "nothing lost, nothing invented"
        assert due is (self.next_due() is not None)
        open_keys = [job.dedupe_key for job in rows if job.state in jobs.OPEN]
        assert len(open_keys) == len(set(open_keys)), "a key is open at most once"

    @invariant()
    def only_a_running_job_has_an_owner_and_only_a_settled_one_an_end(self) -> None:
        with self.installation.database.reading() as session:
            for job in session.scalars(select(Job)):
                assert bool(job.lease_owner) is (job.state is JobState.RUNNING)
                assert (job.leased_until is None) is (job.state is not JobState.RUNNING)
                assert (job.finished_at is None) is (job.state in jobs.OPEN)
                assert job.state is not JobState.DONE or job.done == job.total > 0

    @invariant()
    def the_latest_job_of_an_open_key_is_among_its_jobs(self) -> None:
        with self.installation.database.reading() as session:
            for key in {job.key for job in self.model.values()}:
                newest = jobs.latest(session, key)
                assert newest is not None
                assert self.model[newest.id].key == key
            assert jobs.latest(session, "never queued") is None


@pytest.mark.long
def test_any_string_of_changes_leaves_the_queue_as_the_model_says(databases: Databases):
    run_state_machine_as_test(
        lambda: Queue(databases),
        settings=effort(max_examples=EXAMPLES, stateful_step_count=25, deadline=None),
    )
