from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from meetings import clock, events, jobs
from meetings.installation import Installation
from meetings.models import Event, Job, JobState

KIND = "test.step"


@pytest.fixture
def steps() -> Iterator[list[str]]:
    """What the handler under test was asked to do."""
    done: list[str] = []

    @jobs.handles(KIND)
    def step(run: jobs.Run) -> None:
        name = run.payload["name"]
        done.append(name)
        run.progress(1, 2)
        if name == "bad":
            message = "no luck"
            raise OSError(message)
        if name == "hopeless":
            raise jobs.Unrepairable

    yield done
    del jobs.HANDLERS[KIND]


def queue(installation: Installation, name: str, **more: object) -> Job:
    return installation.database.write(
        lambda session: jobs.enqueue(session, KIND, {"name": name}, key=name, topic="desk", **more)
    )


def fresh(installation: Installation, job: Job) -> Job:
    with installation.database.reading() as session:
        return session.get_one(Job, job.id)


def test_a_job_is_done_once_and_its_topic_hears_of_it(installation: Installation, steps: list[str]):
    job = queue(installation, "good")
    assert jobs.run_next(installation, "worker")
    assert not jobs.run_next(installation, "worker")
    assert steps == ["good"]
    assert fresh(installation, job).state is JobState.DONE
    with installation.database.reading() as session:
        told = [event.data for event in events.after(session, 0, topic="desk")]
    assert told[0] == {"key": "good", "state": "running", "done": 1, "total": 2}
    assert told[-1] == {"key": "good", "state": "done", "done": 2, "total": 2}


def test_the_rest_of_a_job_is_left_to_another_kind_and_comes_when_that_is_due(
    installation: Installation, steps: list[str]
):
    @jobs.handles("test.first", jobs.Urgency.SOMEBODY_WAITS)
    def first(run: jobs.Run) -> None:
        run.progress(1, 2)
        installation.database.write(lambda session: jobs.hand_on(session, run, KIND))

    try:
        job = queue(installation, "good")
        installation.database.write(lambda s: setattr(s.get_one(Job, job.id), "kind", "test.first"))
        assert jobs.run_next(installation, "worker")
        left = fresh(installation, job)
        assert (left.kind, left.state, left.lease_owner) == (KIND, JobState.WAITING, "")
        assert (left.done, left.total, left.attempts) == (1, 2, 0)
        assert jobs.run_next(installation, "worker")
        assert steps == ["good"]
        assert fresh(installation, job).state is JobState.DONE
    finally:
        del jobs.HANDLERS["test.first"], jobs.URGENCY["test.first"]


def test_a_job_that_is_another_workers_by_now_is_not_handed_on(
    installation: Installation, steps: list[str]
):
    job = queue(installation, "good")
    installation.database.write(lambda session: jobs.claim(session, "other"))
    late = jobs.Run(installation, job.id, job.payload, "worker")
    with pytest.raises(jobs.TakenAway):
        installation.database.write(lambda session: jobs.hand_on(session, late, "test.later"))
    assert (fresh(installation, job).kind, fresh(installation, job).lease_owner) == (KIND, "other")
    assert steps == []


def test_a_change_that_rolls_back_takes_its_job_along(installation: Installation, steps: list[str]):
    with installation.database.writing() as session:
        jobs.enqueue(session, KIND, {"name": "good"}, key="good")
        session.rollback()
    assert not jobs.run_next(installation, "worker")


def test_an_open_job_is_not_queued_twice(installation: Installation, steps: list[str]):
    first, second = queue(installation, "good"), queue(installation, "good")
    assert first.id == second.id
    jobs.run_next(installation, "worker")
    assert queue(installation, "good").id != first.id


def test_a_job_with_a_moment_waits_for_it(installation: Installation, steps: list[str]):
    queue(installation, "later", not_before=clock.now() + timedelta(hours=1))
    queue(installation, "now")
    while jobs.run_next(installation, "w"):
        pass
    assert steps == ["now"]


def test_a_failed_job_waits_longer_each_time_and_is_then_buried_in_sight(
    installation: Installation, steps: list[str]
):
    job = queue(installation, "bad")
    waits = []
    for _ in range(jobs.MAX_ATTEMPTS):
        assert jobs.run_next(installation, "worker")
        waits.append(fresh(installation, job).due_at - clock.now())
        installation.database.write(make_due)
    buried = fresh(installation, job)
    assert (buried.state, buried.attempts) == (JobState.DEAD, jobs.MAX_ATTEMPTS)
    assert "no luck" in buried.problem
    assert waits[:-1] == sorted(waits[:-1])


def make_due(session: Session) -> None:
    for job in session.scalars(select(Job).where(Job.state == JobState.WAITING)):
        job.due_at = clock.now()


def test_what_can_never_succeed_is_buried_at_once_and_may_be_tried_again(
    installation: Installation, steps: list[str]
):
    job = queue(installation, "hopeless")
    jobs.run_next(installation, "worker")
    assert fresh(installation, job).state is JobState.DEAD
    installation.database.write(lambda session: jobs.retry(session, session.get_one(Job, job.id)))
    again = fresh(installation, job)
    assert (again.state, again.attempts, again.problem) == (JobState.WAITING, 0, "")


def test_a_lease_that_ran_out_is_taken_over(installation: Installation, steps: list[str]):
    job = queue(installation, "good")
    installation.database.write(lambda session: jobs.claim(session, "dead worker"))
    assert not jobs.run_next(installation, "worker")

    def let_lapse(session: Session) -> None:
        session.get_one(Job, job.id).leased_until = clock.now() - timedelta(seconds=1)

    installation.database.write(let_lapse)
    assert jobs.run_next(installation, "worker")
    assert fresh(installation, job).attempts == 2


def test_a_worker_that_stops_gives_its_own_leases_back(
    installation: Installation, steps: list[str]
):
    mine, noise = queue(installation, "good"), queue(installation, "other")
    installation.database.write(lambda session: jobs.claim(session, "mine"))
    installation.database.write(lambda session: jobs.claim(session, "theirs"))
    installation.database.write(lambda session: jobs.give_back(session, "mine"))
    assert fresh(installation, mine).state is JobState.WAITING
    assert fresh(installation, mine).attempts == 0
    assert fresh(installation, noise).state is JobState.RUNNING


def test_due_is_asked_without_taking_anything(installation: Installation, steps: list[str]):
    with installation.database.reading() as session:
        assert not jobs.is_due(session)
    queue(installation, "good")
    with installation.database.reading() as session:
        assert jobs.is_due(session)
        assert session.scalar(select(func.count(Event.seq))) == 0


def let_lapse(installation: Installation, job: Job) -> None:
    def change(session: Session) -> None:
        session.get_one(Job, job.id).leased_until = clock.now() - timedelta(seconds=1)

    installation.database.write(change)


def test_a_worker_that_lost_its_lease_changes_nothing_any_more(
    installation: Installation, steps: list[str]
):
    job = queue(installation, "good")
    installation.database.write(lambda session: jobs.claim(session, "slow"))
    let_lapse(installation, job)
    installation.database.write(lambda session: jobs.claim(session, "quick"))
    late = jobs.Run(installation, job.id, job.payload, "slow")
    with pytest.raises(jobs.TakenAway):
        late.progress(7, 9)
    installation.database.write(lambda session: jobs._settle(session, late, None))
    held = fresh(installation, job)
    assert (held.state, held.lease_owner, held.done) == (JobState.RUNNING, "quick", 0)


def test_a_job_that_ends_its_worker_every_time_is_buried(
    installation: Installation, steps: list[str]
):
    job = queue(installation, "good")
    for _ in range(jobs.MAX_ATTEMPTS):
        assert installation.database.write(lambda session: jobs.claim(session, "victim"))
        let_lapse(installation, job)
    assert installation.database.write(lambda session: jobs.claim(session, "victim")) is None
    assert fresh(installation, job).state is JobState.DEAD


def test_a_dead_job_is_not_revived_beside_its_open_twin(
    installation: Installation, steps: list[str]
):
    dead = queue(installation, "hopeless")
    jobs.run_next(installation, "worker")
    twin = queue(installation, "hopeless")
    for job in (dead, twin):
        installation.database.write(
            lambda session, job=job: jobs.retry(session, session.get_one(Job, job.id))
        )
    assert fresh(installation, dead).state is JobState.DEAD
    assert fresh(installation, twin).state is JobState.WAITING


def test_a_running_job_that_is_cancelled_stops_at_its_next_progress(
    installation: Installation, monkeypatch
):
    reached: list[int] = []

    def slow(run: jobs.Run) -> None:
        for step in range(3):
            run.progress(step, 3)
            reached.append(step)
            installation.database.write(
                lambda session: jobs.cancel(session, session.get_one(Job, run.job_id))
            )

    monkeypatch.setitem(jobs.HANDLERS, "test.slow", slow)
    job = installation.database.write(lambda s: jobs.enqueue(s, "test.slow", {}, key="slow"))
    assert jobs.run_next(installation, "worker")
    ended = fresh(installation, job)
    assert reached == [0]
    assert (ended.state, ended.lease_owner, ended.problem) == (JobState.CANCELLED, "", "")
    assert not jobs.run_next(installation, "worker")


def test_what_somebody_waits_for_is_done_before_what_is_due_longer(
    installation: Installation, monkeypatch
):
    order: list[str] = []
    for urgency in reversed(jobs.Urgency):
        kind = f"test.{urgency.name}"
        monkeypatch.setitem(jobs.HANDLERS, kind, lambda run: order.append(run.payload["name"]))
        monkeypatch.setitem(jobs.URGENCY, kind, urgency)
        fields = {"name": urgency.name}
        installation.database.write(
            lambda s, kind=kind, fields=fields: jobs.enqueue(s, kind, fields, key=kind)
        )
    while jobs.run_next(installation, "worker"):
        pass
    assert order == [urgency.name for urgency in jobs.Urgency]


BACK = [timedelta(minutes=2), timedelta(days=1), timedelta(days=365)]


@pytest.mark.parametrize("jump", BACK)
def test_a_job_whose_worker_died_before_the_clock_was_set_back_is_taken_at_once(
    installation: Installation, steps: list[str], monkeypatch, jump: timedelta
):
    queue(installation, "good")
    installation.database.write(lambda session: jobs.claim(session, "dead worker"))
    earlier = clock.now() - jump
    monkeypatch.setattr(clock, "now", lambda: earlier)
    assert jobs.run_next(installation, "worker")
    assert steps == ["good"]


@pytest.mark.parametrize("jump", BACK)
@pytest.mark.parametrize("name", ["good", "bad"])
def test_a_job_that_waits_while_the_clock_is_set_back_is_done_all_the_same(
    installation: Installation, steps: list[str], monkeypatch, jump: timedelta, name: str
):
    queue(installation, name)
    if name == "bad":
        jobs.run_next(installation, "worker")
    earlier = clock.now() - jump
    monkeypatch.setattr(clock, "now", lambda: earlier)
    assert jobs.run_next(installation, "worker")


def test_a_job_that_was_ordered_for_later_waits_for_its_moment(
    installation: Installation, steps: list[str], monkeypatch
):
    moment = clock.now() + timedelta(days=30)
    queue(installation, "good", not_before=moment)
    assert not jobs.run_next(installation, "worker")
    monkeypatch.setattr(clock, "now", lambda: moment)
    assert jobs.run_next(installation, "worker")


@pytest.mark.parametrize("ended", [True, False], ids=["beside an ended one", "of ended ones"])
def test_the_latest_job_is_the_open_one_whatever_the_clock_said(
    installation: Installation, steps: list[str], monkeypatch, ended: bool
):
    first = queue(installation, "good")
    jobs.run_next(installation, "worker")
    shift = timedelta(days=-1 if ended else 1)
    moved = clock.now() + shift
    monkeypatch.setattr(clock, "now", lambda: moved)
    second = queue(installation, "good")
    with installation.database.reading() as session:
        assert jobs.latest(session, "good").id == second.id != first.id
