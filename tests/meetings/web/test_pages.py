"""The guard: load, allow, run, audit, commit; raising undoes it all."""

import pytest
from flask import Flask, abort
from sqlalchemy import select
from werkzeug.test import TestResponse

from meetings.installation import Installation
from meetings.models import AuditEntry, Decision, Feedback, Meeting, new_id
from meetings.policy import Permission
from meetings.web.context import may, person_asking, session
from meetings.web.pages import Pages


@pytest.fixture
def app(app: Flask) -> Flask:
    """The application with a few routes of our own."""
    pages = Pages("probe", __name__)

    @pages.post("/probe/<uuid:meeting>/rename", needs=Permission.MEETING_RELEASE)
    def rename(meeting: Meeting) -> tuple[str, int]:
        meeting.title = "Tên mới"
        return "", 204

    @pages.post("/probe/<uuid:meeting>/stumble", needs=Permission.MEETING_RELEASE)
    def stumble(meeting: Meeting) -> None:
        meeting.title = "Không bao giờ"
        session().add(Feedback(user_id=person_asking().id, text="x"))
        session().flush()
        abort(422)

    @pages.get("/probe/<uuid:meeting>/rights", needs=Permission.MEETING_READ)
    def rights(meeting: Meeting) -> dict[str, bool]:
        return {"prepare": may(Permission.MEETING_PREPARE, meeting)}

    @pages.get("/probe/accounts", needs=Permission.USERS_READ)
    def accounts() -> dict[str, bool]:
        return {}

    pages.register(app)
    return app


def lines(installation: Installation) -> list[tuple[str, str, Decision]]:
    with installation.database.reading() as ledger:
        entries = ledger.scalars(select(AuditEntry).order_by(AuditEntry.seq))
        return [(entry.action, entry.subject_id, entry.decision) for entry in entries]


def title(installation: Installation, meeting: Meeting) -> str:
    with installation.database.reading() as reading:
        return reading.get_one(Meeting, meeting.id).title


def test_a_deed_and_its_line_in_the_ledger_are_committed_together(installation, sign_in, world):
    answer = sign_in(world.clerk).submit(f"/probe/{world.meeting.id}/rename")
    assert answer.status_code == 204
    assert title(installation, world.meeting) == "Tên mới"
    assert lines(installation) == [("meeting:release", str(world.meeting.id), Decision.ALLOWED)]


def test_raising_undoes_the_deed_and_its_line(installation, sign_in, world):
    answer = sign_in(world.clerk).submit(f"/probe/{world.meeting.id}/stumble")
    assert answer.status_code == 422
    assert title(installation, world.meeting) == world.meeting.title
    assert lines(installation) == []
    with installation.database.reading() as reading:
        assert reading.scalars(select(Feedback)).all() == []


def refused(answer: TestResponse) -> tuple[int, bytes]:
    return answer.status_code, answer.data.replace(b"request", b"")


def test_a_refused_row_answers_exactly_like_an_absent_one(installation, sign_in, world):
    client = sign_in(world.outsider)
    hidden = client.submit(f"/probe/{world.meeting.id}/rename")
    absent = client.submit(f"/probe/{new_id()}/rename")
    assert hidden.status_code == absent.status_code == 404
    assert len(hidden.data) == len(absent.data)
    assert lines(installation) == [("meeting:release", str(world.meeting.id), Decision.REFUSED)]


def test_a_refused_page_without_a_row_answers_403(installation, sign_in, world):
    assert sign_in(world.clerk).get("/probe/accounts").status_code == 403
    assert sign_in(world.administrator).get("/probe/accounts").status_code == 200
    assert lines(installation) == [("users:read", "", Decision.REFUSED)]


def test_a_view_may_ask_for_more_rights_of_the_same_person(sign_in, world):
    address = f"/probe/{world.meeting.id}/rights"
    assert sign_in(world.clerk).get(address).json == {"prepare": True}
    assert sign_in(world.delegate).get(address).json == {"prepare": False}


def test_a_stranger_is_sent_to_sign_in_and_back(sign_in, world):
    answer = sign_in(None).get("/probe/accounts?a=1")
    assert answer.status_code == 303
    assert "next=/probe/accounts?a%3D1" in answer.location.replace("%2F", "/").replace("%3F", "?")


def test_the_error_page_is_json_where_json_was_asked_for(sign_in, world):
    answer = sign_in(world.outsider).get(
        f"/probe/{new_id()}/rights", headers={"Accept": "application/json"}
    )
    assert answer.status_code == 404
    assert answer.json["error"] == 404
