import pytest

from meetings import clock
from meetings.help import queries
from meetings.help.services import send_feedback
from meetings.models import Job, JobState
from meetings.press.pdf import UnavailableError
from tests import factories


def job(session, state, key):
    return factories.add(
        session, Job(kind="demo.paper", payload={}, dedupe_key=key, state=state, due_at=clock.now())
    )


@pytest.fixture
def queue(session, world):
    states = (JobState.DONE, JobState.WAITING, JobState.DEAD, JobState.RUNNING, JobState.DEAD)
    return [job(session, state, f"key{n}") for n, state in enumerate(states)]


def test_the_administrator_sees_how_many_jobs_stand_where(session, world, queue):
    counted = queries.jobs_by_state(session, world.administrator)
    assert counted == {
        JobState.WAITING: 1,
        JobState.RUNNING: 1,
        JobState.DONE: 1,
        JobState.DEAD: 2,
        JobState.CANCELLED: 0,
    }


def test_nobody_else_counts_jobs(session, world, queue):
    assert set(queries.jobs_by_state(session, world.clerk).values()) == {0}
    assert queries.unfinished_jobs(session, world.clerk) == []


def test_dead_jobs_come_first_and_done_ones_not_at_all(session, world, queue):
    _, waiting, older, running, newer = queue
    listed = queries.unfinished_jobs(session, world.administrator)
    assert listed == [newer, older, running, waiting]


def test_a_long_queue_still_shows_what_died_first_of_all(session, world):
    dead = job(session, JobState.DEAD, "dead")
    for number in range(queries.LONGEST_LIST + 5):
        job(session, JobState.WAITING, f"key{number}")
    listed = queries.unfinished_jobs(session, world.administrator)
    assert listed[0] is dead
    assert len(listed) == queries.LONGEST_LIST


def test_feedback_names_its_writer_newest_first(session, world):
    first = send_feedback(session, "một", page="", by=world.delegate)
    second = send_feedback(session, "hai", page="", by=world.clerk)
    assert queries.feedback(session, world.administrator) == [
        (second, world.clerk.person.display_name),
        (first, world.delegate.person.display_name),
    ]
    assert queries.feedback(session, world.delegate) == []


def test_the_machine_tells_what_it_holds(session, installation, world):
    document = factories.document(session, world.office)
    factories.version(session, installation.keys, installation.store, document, b"x" * 1234)
    state = queries.machine(session, installation)
    assert (state.documents, state.bytes_received, state.indexed) == (1, 1234, 0)
    assert state.free_bytes > 0
    assert state.sandbox in {"bubblewrap", "rlimits"}
    assert (state.index_problem, state.font_problem) == ("", "")


def test_a_damaged_index_is_a_problem_not_an_error(installation):
    folder = installation.settings.index_folder
    folder.mkdir(exist_ok=True)
    (folder / "rubbish").write_text("not an index")
    count, problem = queries.index_state(installation)
    assert count == 0
    assert problem


def test_a_machine_that_cannot_print_says_why(monkeypatch):
    def refuse():
        raise UnavailableError("libpango")

    monkeypatch.setattr(queries, "font_problem", refuse)
    assert queries.print_problem() == "libpango"
