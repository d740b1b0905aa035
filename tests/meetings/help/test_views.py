import pytest
from sqlalchemy import select

from meetings import clock
from meetings.help.services import send_feedback
from meetings.models import Feedback, Job, JobState
from tests import factories


@pytest.fixture
def dead(session, world):
    row = Job(
        kind="documents.prepare",
        payload={},
        dedupe_key="prepare:1",
        due_at=clock.now(),
        state=JobState.DEAD,
        attempts=5,
        problem="Unrepairable: no page",
    )
    factories.add(session, row)
    session.commit()
    return row


def kept(installation, table):
    with installation.database.reading() as fresh:
        return fresh.scalars(select(table)).all()


def test_strangers_may_read_the_guide(client):
    page = client.get("/help").get_data(as_text=True)
    assert "Dành cho đại biểu" in page
    assert "1234" in page
    chapter = client.get("/help/delegate")
    assert chapter.status_code == 200
    assert "<h2>Đăng nhập</h2>" in chapter.get_data(as_text=True)


def test_the_guide_speaks_the_language_of_the_reader(client):
    client.post("/preferences", data={"csrf_token": client.csrf_token(), "locale": "en"})
    assert "For delegates" in client.get("/help").get_data(as_text=True)


@pytest.mark.parametrize("name", ["nobody", "..", "en", "delegate.md"])
def test_a_chapter_that_does_not_exist_is_not_found(client, name):
    assert client.get(f"/help/{name}").status_code == 404


def test_feedback_is_kept_and_thanked_for(installation, world, sign_in):
    client = sign_in(world.delegate)
    assert 'value="/meetings"' in client.get("/feedback?page=/meetings").get_data(as_text=True)
    answer = client.submit("/feedback", text="  Chữ hơi nhỏ ", page="/meetings")
    assert (answer.status_code, answer.location) == (303, "/help")
    [row] = kept(installation, Feedback)
    assert (row.text, row.page, row.user_id) == ("Chữ hơi nhỏ", "/meetings", world.delegate.id)


@pytest.mark.parametrize("text", ["", "   ", "x" * 4001])
def test_feedback_that_says_nothing_or_too_much_is_given_back(installation, world, sign_in, text):
    answer = sign_in(world.delegate).submit("/feedback", text=text)
    assert answer.status_code == 422
    assert text.strip() in answer.get_data(as_text=True)
    assert kept(installation, Feedback) == []


def test_strangers_send_no_feedback(installation, world, sign_in):
    answer = sign_in(None).submit("/feedback", text="Xin chào")
    assert answer.location.startswith("/sign-in")
    assert kept(installation, Feedback) == []


def test_the_administrator_sees_failures_and_feedback(session, world, sign_in, dead):
    send_feedback(session, "<b>Chữ</b> hơi nhỏ", page="/meetings", by=world.delegate)
    session.commit()
    page = sign_in(world.administrator).get("/system").get_data(as_text=True)
    assert "Tạo các trang tài liệu để đọc" in page
    assert "Unrepairable: no page" in page
    assert f"/jobs/{dead.id}/retry" in page
    assert "&lt;b&gt;Chữ&lt;/b&gt; hơi nhỏ" in page
    assert world.delegate.person.display_name in page


def test_a_quiet_system_says_so(world, sign_in):
    page = sign_in(world.administrator).get("/system").get_data(as_text=True)
    assert page.count('class="empty"') == 3
    assert "/retry" not in page


@pytest.mark.parametrize("who", ["clerk", "delegate", "researcher", "outsider"])
def test_nobody_else_sees_the_system(world, sign_in, who):
    assert sign_in(getattr(world, who)).get("/system").status_code == 403


def test_a_dead_step_is_queued_again(installation, world, sign_in, dead):
    answer = sign_in(world.administrator).submit(f"/jobs/{dead.id}/retry")
    assert (answer.status_code, answer.location) == (303, "/system")
    [row] = kept(installation, Job)
    assert (row.state, row.attempts, row.problem) == (JobState.WAITING, 0, "")


def test_a_step_that_is_done_is_left_alone(session, installation, world, sign_in, dead):
    dead.state = JobState.DONE
    session.commit()
    assert sign_in(world.administrator).submit(f"/jobs/{dead.id}/retry").status_code == 303
    assert kept(installation, Job)[0].state is JobState.DONE


def test_a_waiting_step_is_cancelled_and_queued_again(session, installation, world, sign_in, dead):
    dead.state = JobState.WAITING
    session.commit()
    client = sign_in(world.administrator)
    assert f"/jobs/{dead.id}/cancel" in client.get("/system").get_data(as_text=True)
    assert client.submit(f"/jobs/{dead.id}/cancel").status_code == 303
    assert kept(installation, Job)[0].state is JobState.CANCELLED
    assert "Đã hủy" in client.get("/system").get_data(as_text=True)
    assert client.submit(f"/jobs/{dead.id}/cancel").status_code == 303
    assert client.submit(f"/jobs/{dead.id}/retry").status_code == 303
    assert kept(installation, Job)[0].state is JobState.WAITING


def test_nobody_else_queues_a_step_again_or_cancels_one(installation, world, sign_in, dead):
    assert sign_in(world.clerk).submit(f"/jobs/{dead.id}/cancel").status_code == 404
    assert sign_in(world.clerk).submit(f"/jobs/{dead.id}/retry").status_code == 404
    assert kept(installation, Job)[0].state is JobState.DEAD
