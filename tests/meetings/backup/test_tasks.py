"""The nightly backup as a job."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from meetings import clock, jobs, periodic
from meetings.backup import runs, tasks
from meetings.doctor import services as doctor
from meetings.doctor.services import Light
from meetings.help.queries import BACKUP_CHECKED, BACKUP_MADE
from meetings.installation import Installation
from meetings.models import AuditEntry, Job, JobState, Meeting, MeetingState, PeriodicJob
from tests import factories, papers

NOON = datetime(2026, 11, 25, 5, tzinfo=UTC)


def orders(installation) -> list[Job]:
    with installation.database.reading() as session:
        return list(session.scalars(select(Job).where(Job.kind == tasks.KIND)))


@pytest.fixture
def filled(filled: Installation) -> Installation:
    """The same installation on a day without a meeting."""
    quiet = update(Meeting).values(state=MeetingState.PLANNED)
    filled.database.write(lambda session: session.execute(quiet))
    return filled


@pytest.fixture
def at(monkeypatch):
    """Return what sets the clock."""
    return lambda moment: monkeypatch.setattr(clock, "now", lambda: moment)


def test_the_first_backup_is_made_at_once_and_the_next_in_the_night(filled, folder, at):
    at(NOON)
    for _ in range(2):
        periodic.order_due(filled)
    assert [job.state for job in orders(filled)] == [JobState.WAITING]
    papers.work(filled)
    assert [job.state for job in orders(filled)] == [JobState.DONE]
    assert len(runs.runs_of(folder)) == 1
    with filled.database.reading() as session:
        row = session.get_one(PeriodicJob, tasks.KIND)
    assert (row.finished_at, clock.local(row.next_at).hour) == (NOON, 1)
    at(row.next_at)
    periodic.order_due(filled)
    assert [job.state for job in orders(filled)] == [JobState.WAITING]


def test_a_folder_that_was_emptied_is_filled_within_a_day(filled, folder, at):
    at(NOON)
    periodic.order_due(filled)
    papers.work(filled)
    runs.runs_of(folder)[0].joinpath("manifest.json").unlink()
    at(NOON + timedelta(hours=12, minutes=59))
    periodic.order_due(filled)
    assert [job.state for job in orders(filled)] == [JobState.DONE]


@pytest.mark.parametrize(("hours", "orders_one"), [(24, False), (26, True)])
def test_a_missed_night_is_made_up_for_after_twenty_five_hours(
    filled, create, at, hours, orders_one
):
    create()
    at(NOON)
    filled.database.write(
        lambda s: s.merge(PeriodicJob(kind=tasks.KIND, created_at=NOON, ordered_at=NOON))
    )
    at(NOON + timedelta(hours=hours))
    periodic.order_due(filled)
    assert len(orders(filled)) == orders_one


def test_where_nothing_is_set_up_nothing_is_ordered(filled):
    bare = Installation(replace(filled.settings, backup_folder=""))
    periodic.order_due(bare)
    bare.close()
    assert orders(filled) == []
    with filled.database.reading() as session:
        assert session.get_one(PeriodicJob, tasks.KIND).next_at is None


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
    filled, create, at, state, begun, minutes, orders_one
):
    at(NOON)
    create()

    def hold(session):
        body = factories.body(session)
        start = clock.now() + timedelta(hours=begun)
        factories.meeting(session, body, state=state, starts_at=start)
        session.add(PeriodicJob(kind=tasks.KIND, ordered_at=NOON - timedelta(minutes=minutes)))

    filled.database.write(hold)
    for _ in range(2):
        periodic.order_due(filled)
    assert len(orders(filled)) == orders_one


def test_a_backup_that_lacks_a_file_fails_in_sight(filled, add_document, folder):
    filled.store.remove(add_document(b"Lost."))
    periodic.order_due(filled)
    papers.work(filled)
    [job] = orders(filled)
    assert job.state is JobState.WAITING
    assert "missing or damaged in the store" in job.problem
    assert len(runs.runs_of(folder)) == 1


@pytest.fixture
def check(filled, create) -> Callable[[], Job]:
    """Return what checks the newest backup as the worker does and gives back the job."""

    def order() -> Job:
        filled.database.write(lambda s: jobs.enqueue(s, tasks.CHECK, {}, key=tasks.CHECK))
        papers.work(filled)
        with filled.database.reading() as session:
            return jobs.latest(session, tasks.CHECK)

    create()
    return order


def lights(installation) -> list[Light]:
    return [finding.light for finding in doctor.backup_checks(installation)]


def written_down(installation, action: str) -> list[dict]:
    with installation.database.reading() as session:
        query = select(AuditEntry).where(AuditEntry.action == action).order_by(AuditEntry.seq)
        return [entry.detail for entry in session.scalars(query)]


def test_the_check_is_ordered_with_the_backup_each_night_and_done_after_it(filled, at, folder):
    at(NOON)
    periodic.order_due(filled)
    papers.work(filled)
    at(NOON + timedelta(hours=13))
    periodic.order_due(filled)
    papers.work(filled)
    [run] = runs.runs_of(folder)[-1:]
    assert runs.moment_of(run) == NOON + timedelta(hours=13)
    assert written_down(filled, BACKUP_MADE)[-1] == {"run": run.name, "files": 12, "problem": ""}
    assert written_down(filled, BACKUP_CHECKED) == [{"run": run.name, "files": 12, "problem": ""}]


def test_a_whole_backup_is_green(filled, check):
    assert lights(filled) == [Light.AMBER]
    assert check().state is JobState.DONE
    assert lights(filled) == [Light.GREEN]


def test_a_damaged_backup_is_red_and_dead_at_once_until_a_whole_one_is_checked(
    filled, check, create, folder, flip
):
    digest = next(iter(runs.blobs_of(folder).digests()))
    flip(runs.blobs_of(folder).ciphertext(digest), 9)
    job = check()
    assert (job.state, job.attempts) == (JobState.DEAD, 1)
    assert digest in job.problem
    [finding] = doctor.backup_checks(filled)
    assert finding.light is Light.RED
    assert digest in str(finding)
    create()
    assert check().state is JobState.DONE
    assert lights(filled) == [Light.GREEN]


def test_a_folder_in_use_is_no_damage_and_is_looked_at_later(filled, check, folder):
    with runs.locked(folder, writing=True):
        job = check()
    assert job.state is JobState.WAITING
    assert written_down(filled, BACKUP_CHECKED) == []


def test_a_backup_that_cannot_be_made_is_red_until_one_is(filled, add_document):
    lost = add_document(b"Lost.")
    stored = filled.store.ciphertext(lost)
    aside = stored.rename(stored.with_name("aside"))
    periodic.order_due(filled)
    papers.work(filled)
    assert lights(filled)[0] is Light.RED
    assert lost in written_down(filled, BACKUP_MADE)[-1]["problem"]
    aside.rename(stored)
    filled.database.write(lambda s: s.execute(update(Job).values(due_at=clock.now())))
    papers.work(filled)
    assert Light.RED not in lights(filled)


def test_an_old_check_is_amber(filled, check, at):
    check()
    at(clock.now() + doctor.OLD + timedelta(minutes=1))
    assert lights(filled) == [Light.AMBER]


def test_without_backups_nothing_is_said_of_their_check(filled):
    filled.settings = replace(filled.settings, recovery_key="")
    assert lights(filled) == []


def test_a_long_backup_keeps_its_lease_without_writing_all_the_time(monkeypatch):
    told, moments = [], iter([0.0, 1.0, 6.0, 6.0, 7.0, 12.0, 12.0])
    monkeypatch.setattr(tasks.time, "monotonic", lambda: next(moments))
    progress = tasks._now_and_then(lambda done, total: told.append((done, total)))
    for done in range(4):
        progress(done, 9)
    assert told == [(1, 9), (3, 9)]


def test_the_job_has_its_handler():
    assert jobs.HANDLERS[tasks.KIND] is tasks.create
    assert jobs.HANDLERS[tasks.CHECK] is tasks.check


@pytest.mark.parametrize("seconds", [tasks.TELL_SECONDS])
def test_progress_comes_well_before_the_lease_ends(seconds):
    assert seconds * 2 < jobs.LEASE.total_seconds()
