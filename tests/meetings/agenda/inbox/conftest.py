from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from meetings.agenda.inbox.services import code_of
from meetings.agenda.inbox.views import Inbox
from meetings.agenda.tray.queries import Laid, tray_of
from meetings.models import Meeting, User
from tests import mailbox

STEWARD = "van-thu"


@pytest.fixture
def settings(settings, tmp_path: Path):
    """An installation with a watched folder, and an account that takes in what comes there."""
    watched = tmp_path / "vào"
    watched.mkdir()
    return replace(
        settings, watched_folder=str(watched), inbox_account=STEWARD, max_upload=1_000_000
    )


@pytest.fixture
def post():
    with mailbox.served_post() as post:
        yield post


@pytest.fixture
def password(tmp_path: Path) -> Path:
    file = tmp_path / "mật khẩu"
    file.write_text(f"{mailbox.PASSWORD}\n", encoding="utf-8")
    return file


@pytest.fixture
def meeting(session, world) -> Meeting:
    """The planned meeting, whose clerk is the account that takes files in."""
    session.merge(world.clerk).username = STEWARD
    session.commit()
    return world.planned_meeting


@pytest.fixture
def code(meeting: Meeting) -> str:
    return code_of(meeting)


@pytest.fixture
def inbox(app) -> Inbox:
    """The inbox of the application, which looks only when it is told to."""
    return app.extensions["inbox"]


@pytest.fixture
def laid(installation, meeting, world) -> Callable[[], list[Laid]]:
    """Return what lies in the tray now."""

    def look() -> list[Laid]:
        with installation.database.reading() as session:
            by = session.get_one(User, world.clerk.id)
            return tray_of(session, session.get_one(Meeting, meeting.id), by=by)

    return look
