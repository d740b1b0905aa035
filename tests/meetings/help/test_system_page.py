"""The system page: what stands in the queue, what failed, what people wrote."""

import re
import time
from datetime import UTC, datetime, timedelta

import pytest

from meetings import audit, clock, periodic, worker
from meetings.help.forms import JOB_KINDS
from meetings.help.queries import BACKUP_CHECKED
from meetings.help.services import send_feedback
from meetings.models import Feedback, Job, JobState, PeriodicJob
from tests import factories

STATES = {
    JobState.WAITING: ("Waiting", 3),
    JobState.RUNNING: ("Running", 1),
    JobState.DONE: ("Done", 4),
    JobState.DEAD: ("Failed", 2),
}


@pytest.fixture
def queue(session, world) -> list[Job]:
    """Return jobs in every state, a different number of each."""
    rows = [
        factories.add(
            session,
            Job(
                kind=f"step.{state.value}",
                payload={},
                dedupe_key=f"{state.value}:{number}",
                due_at=clock.now(),
                state=state,
                attempts=number,
                problem="Unrepairable: <torn>" if state is JobState.DEAD else "",
            ),
        )
        for state, (_, count) in STATES.items()
        for number in range(count)
    ]
    session.commit()
    return rows


@pytest.fixture
def administrator(world, sign_in):
    """Return the administrator's client, who reads English."""
    client = sign_in(world.administrator)
    client.submit("/preferences", locale="en")
    return client


def system(client) -> str:
    answer = client.get("/system")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def facts(html: str) -> dict[str, str]:
    return dict(re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", html, re.DOTALL))


def retries(html: str) -> set[str]:
    return set(re.findall(r"/jobs/([0-9a-f-]+)/retry", html))


@pytest.mark.parametrize("state", STATES)
def test_each_state_has_its_own_number(administrator, queue, state):
    label, count = STATES[state]
    assert facts(system(administrator))[label] == str(count)


def test_an_empty_queue_counts_nothing(administrator):
    numbers = facts(system(administrator))
    assert {numbers[label] for label, _ in STATES.values()} == {"0"}


def test_only_dead_steps_can_be_tried_again(administrator, queue):
    dead = {str(job.id) for job in queue if job.state is JobState.DEAD}
    assert retries(system(administrator)) == dead


def test_steps_that_are_done_are_counted_and_not_listed(administrator, queue):
    html = system(administrator)
    assert "step.done" not in html
    assert html.index("step.dead") < html.index("step.running") < html.index("step.waiting")


def test_a_problem_is_shown_as_text(administrator, queue):
    html = system(administrator)
    assert html.count("Unrepairable: &lt;torn&gt;") == 2
    assert "<torn>" not in html


def test_one_failure_tried_again_leaves_the_other_where_it_was(administrator, queue):
    first, second = [str(job.id) for job in queue if job.state is JobState.DEAD]
    administrator.submit(f"/jobs/{first}/retry")
    html = system(administrator)
    assert retries(html) == {second}
    assert (facts(html)["Failed"], facts(html)["Waiting"]) == ("1", "4")


def test_a_step_tried_twice_is_queued_once(administrator, queue):
    dead = next(str(job.id) for job in queue if job.state is JobState.DEAD)
    for _ in range(2):
        assert administrator.submit(f"/jobs/{dead}/retry").status_code == 303
    assert facts(system(administrator))["Waiting"] == "4"


@pytest.mark.parametrize("state", [JobState.WAITING, JobState.RUNNING, JobState.DONE])
def test_a_step_that_did_not_fail_is_not_queued_again(administrator, queue, state):
    alive = next(str(job.id) for job in queue if job.state is state)
    before = facts(system(administrator))
    assert administrator.submit(f"/jobs/{alive}/retry").status_code == 303
    after = facts(system(administrator))
    assert [after[label] for label, _ in STATES.values()] == [
        before[label] for label, _ in STATES.values()
    ]


def test_a_step_that_is_not_there_is_not_found(administrator, queue):
    absent = factories.new_id()
    assert administrator.submit(f"/jobs/{absent}/retry").status_code == 404


def test_a_retry_without_its_token_changes_nothing(administrator, queue):
    dead = next(str(job.id) for job in queue if job.state is JobState.DEAD)
    assert administrator.post(f"/jobs/{dead}/retry").status_code in {400, 403}
    assert dead in retries(system(administrator))


def test_feedback_stands_newest_first_each_with_its_own_writer(session, world, administrator):
    writers = (world.delegate, world.clerk, world.outsider)
    for number, writer in enumerate(writers):
        send_feedback(session, f"Góp ý số {number}.", page=f"/trang-{number}", by=writer)
        time.sleep(0.002)  # identities are in order by the millisecond
    session.commit()
    html = system(administrator)
    cards = [card for card in html.split("<li")[1:] if "Góp ý số" in card]
    assert len(cards) == 3
    for number, card in enumerate(reversed(cards)):
        assert f"Góp ý số {number}." in card
        assert f"/trang-{number}" in card
        [name] = re.findall(r'class="card-title">\s*(.*?)\s*<', card)
        assert name == writers[number].person.display_name


def test_feedback_sent_on_the_page_arrives_on_the_page(world, sign_in, administrator):
    sign_in(world.outsider).submit("/feedback", text="Mất tiếng", page="/archive")
    html = system(administrator)
    assert "Mất tiếng" in html
    assert "/archive" in html


@pytest.mark.parametrize("who", ["clerk", "delegate", "other_delegate", "researcher", "outsider"])
def test_others_read_neither_queue_nor_feedback(session, world, sign_in, queue, who: str):
    session.add(Feedback(user_id=getattr(world, who).id, page="", text="của chính mình"))
    session.commit()
    answer = sign_in(getattr(world, who)).get("/system")
    assert answer.status_code == 403
    page = answer.get_data(as_text=True)
    assert "của chính mình" not in page
    assert "step.dead" not in page


def test_a_stranger_is_asked_to_sign_in(world, sign_in, queue):
    answer = sign_in(None).get("/system")
    assert answer.status_code in {302, 303}
    assert answer.location.startswith("/sign-in")


def test_the_number_of_documents_is_that_of_the_whole_system(session, world, administrator):
    assert facts(system(administrator))["Documents"] == "0"
    for owner in (world.office, world.commune):
        factories.document(session, owner)
    session.commit()
    assert facts(system(administrator))["Documents"] == "2"


def test_the_page_speaks_vietnamese_unless_asked_otherwise(world, sign_in, queue):
    html = system(sign_in(world.administrator))
    assert '<html lang="vi"' in html
    assert "Failed" not in facts(html)


def test_what_comes_again_and_again_stands_with_its_name_its_last_and_its_next_time(
    session, world, sign_in
):
    at = datetime(2026, 11, 24, 18, 5, tzinfo=UTC)
    rows = (
        PeriodicJob(kind="backup.create", finished_at=at, next_at=at + timedelta(days=1)),
        PeriodicJob(kind="audit.head", next_at=at),
        PeriodicJob(kind="doctor.examine"),
    )
    session.add_all(rows)
    session.commit()
    html = system(sign_in(world.administrator))
    section = html[html.index('id="periodic"') : html.index('id="feedback"')]
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", section))
    assert "Sao lưu 25/11/2026 01:05 26/11/2026 01:05" in words
    assert (
        words.index("Ký nhật ký kiểm toán")
        < words.index("Sao lưu")
        < words.index("Kiểm tra dữ liệu")
    )
    assert "Chưa chạy lần nào" in words
    assert "Chưa thiết lập" in words


def test_before_the_worker_started_the_page_says_so(administrator):
    assert "The worker has not started yet" in system(administrator)


def test_every_periodic_job_has_a_name():
    assert worker.TASKS
    assert periodic.DECLARED.keys() <= JOB_KINDS.keys()


def test_what_was_found_of_the_backup_stands_with_its_time(session, world, administrator):
    assert facts(system(administrator))["Check of the backup"].split() == ["Not", "done", "yet"]
    for problem in ("", "manifest.json <is> damaged"):
        detail = {"run": "r", "files": 3, "problem": problem}
        audit.record(session, audit.Deed(action=BACKUP_CHECKED, detail=detail))
        session.commit()
        found = facts(system(administrator))["Check of the backup"]
        assert f"{clock.local(clock.now()):%d/%m/%Y}" in found
        assert ("chip-bad" if problem else "chip-good") in found
    assert "manifest.json &lt;is&gt; damaged" in found
