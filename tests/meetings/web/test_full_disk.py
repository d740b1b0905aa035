"""A disk without room: reading goes on, writing says so, and all goes on once there is room."""

import os
import shutil
import subprocess
from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import OperationalError

from meetings import clock
from meetings.audit import ledger
from meetings.models import Document, Feedback, SignIn
from meetings.settings import Settings
from tests import papers

pytestmark = pytest.mark.sqlite
ROOM = 12 << 20
FULL = "Kho lưu trữ đã đầy"
JSON = {"Accept": "application/json"}
TRIES = 400


@pytest.fixture
def settings(empty_instance, tmp_path, monkeypatch):
    """The settings of an instance on a small disk of its own."""
    folder = tmp_path / "instance"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("this user may not mount a disk")
    shutil.copytree(empty_instance.instance, folder, dirs_exist_ok=True)
    monkeypatch.setenv("MEETINGS_DATABASE", f"sqlite:///{folder / 'database.sqlite3'}")
    yield Settings(instance=folder, min_free=0)
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def fill(settings):
    """Return what takes the last byte of the disk, and what gives the room back."""
    ballast = settings.instance / "ballast"

    def take() -> None:
        with ballast.open("wb", buffering=0) as file:
            for size in (1 << 20, 1 << 12, 1):
                try:
                    while True:
                        file.write(b"x" * size)
                except OSError:
                    continue

    return take, ballast.unlink


def write_until_refused(client) -> int:
    """Send feedback until an answer is another than the usual one; return its status."""
    for number in range(TRIES):
        answer = client.submit("/feedback", text=f"Ý kiến số {number} " + "ấ" * 900, page="/")
        if answer.status_code != 303:
            assert answer.status_code == 507
            assert FULL in answer.text
            return number
    raise AssertionError(TRIES)


def send(client, item, content: bytes):
    data = {"csrf_token": client.csrf_token(), "files": (BytesIO(content), "a.pdf")}
    return client.post(f"/agenda-items/{item.id}/papers", data=data, headers=JSON)


def count(installation, table) -> int:
    with installation.database.reading() as session:
        return session.scalar(select(func.count()).select_from(table))


def test_a_full_disk_answers_507_goes_on_reading_and_recovers(
    installation, world, sign_in, fill, monkeypatch
):
    take, give_back = fill
    clerk = sign_in(world.clerk)
    content = papers.pdf("Báo cáo")
    take()
    told = write_until_refused(clerk)
    assert count(installation, Feedback) == told, "what was acknowledged is there, and no more"
    answer = send(clerk, world.item, content)
    assert answer.status_code == 507 or not answer.json["files"][0]["ok"]
    assert count(installation, Document) == 0
    later = clock.now() + timedelta(minutes=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    for page in ("/", "/meetings", f"/meetings/{world.meeting.id}/prepare"):
        assert clerk.get(page).status_code == 200, "no sign of life can be noted; it is shown"
    give_back()
    assert clerk.submit("/feedback", text="Có chỗ rồi", page="/").status_code == 303
    assert send(clerk, world.item, content).json["files"][0]["ok"]
    assert count(installation, Feedback) == told + 1
    with installation.database.reading() as session:
        assert session.scalar(text("PRAGMA integrity_check")) == "ok"
        assert list(ledger.broken(session)) == []
        assert session.scalar(select(func.max(SignIn.idle_until))) > later


def test_another_trouble_of_the_database_is_an_error_like_any_other(
    installation, world, sign_in, monkeypatch
):
    client = sign_in(world.clerk)
    later = clock.now() + timedelta(minutes=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    failed = OperationalError("UPDATE", {}, Exception("disk I/O error"))

    def fail(_change):
        raise failed

    monkeypatch.setattr(installation.database, "write", fail)
    with pytest.raises(AssertionError, match="unforeseen error"):
        client.get("/meetings")
