"""The inbox takes in what came by itself, through the gate, and tells in the tray what is wrong."""

import fcntl
import os
from pathlib import Path

import pytest
from sqlalchemy import select

from meetings.agenda.inbox.arrivals import Source
from meetings.agenda.inbox.folder import ASIDE, WatchedFolder
from meetings.agenda.inbox.mailbox import Mailbox
from meetings.agenda.inbox.views import LOCK
from meetings.audit.ledger import broken
from meetings.documents.declarations.services import STOPPED
from meetings.models import AuditEntry, Decision, Document, User
from meetings.policy import Permission
from tests import factories, mailbox
from tests.meetings.intake.office.compound_files import compound_file

TEXT = "Tờ trình về dự toán ngân sách năm sau"
OLD = compound_file({"WordDocument": "Nội dung".encode("utf-16-le")})


@pytest.fixture
def place(settings, code) -> Path:
    """The folder of the meeting in the watched folder."""
    place = Path(settings.watched_folder) / f"Ban Thường vụ {code}"
    place.mkdir()
    return place


@pytest.fixture
def put(place):
    """Return what lays a file into the folder, old enough to be whole."""

    def lay(name: str, content: bytes) -> Path:
        path = place / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        os.utime(path, (1, 1))
        return path

    return lay


def entries(session, action):
    return session.scalars(select(AuditEntry).where(AuditEntry.action == action)).all()


def test_a_folder_of_files_becomes_a_tray(inbox, put, place, laid, session, world, meeting):
    factories.item(session, session.merge(meeting), title=TEXT)
    session.commit()
    put(f"{TEXT}.txt", TEXT.encode())
    put("nhóm/phụ lục.txt", b"Phu luc")
    put("hỏng.pdf", b"not a PDF at all")
    put("kế hoạch X.txt", "TUYỆT MẬT\nNội dung".encode())
    put("quá lớn.txt", b"a" * 1_000_001)
    assert inbox.look() == 5
    tray = laid()
    kept = {file.file_name: file for file in tray if file.reason is None}
    assert kept.keys() == {f"{TEXT}.txt", "phụ lục.txt"}
    assert kept[f"{TEXT}.txt"].item_id is not None
    assert kept["phụ lục.txt"].folder == "nhóm"
    refused = {file.reason: file.file_name for file in tray if file.reason is not None}
    assert refused == {"mislabelled": "hỏng.pdf", "state_secret": "", "too_large": "quá lớn.txt"}
    left = sorted(path.relative_to(place).as_posix() for path in place.rglob("*.*"))
    assert left == sorted(f"{ASIDE}/{n}" for n in ("hỏng.pdf", "kế hoạch X.txt", "quá lớn.txt"))
    assert [entry.actor_id for entry in entries(session, STOPPED)] == [world.clerk.id]
    told = [entry.detail for entry in entries(session, Permission.MEETING_INTAKE.value)]
    assert {"source": "folder"} in told
    assert {"source": "folder", "reason": "state_secret"} in told
    assert all(entry.decision is Decision.ALLOWED for entry in entries(session, STOPPED))
    assert "kế hoạch X" not in str([vars(e) for e in session.scalars(select(AuditEntry))])
    assert list(broken(session)) == []
    assert inbox.look() == 0, "nothing comes twice"


def test_the_tray_tells_the_ways_in_and_what_was_wrong(inbox, put, sign_in, world, meeting, code):
    put("kế hoạch X.txt", "TUYỆT MẬT\nNội dung".encode())
    inbox.look()
    page = sign_in(world.clerk).get(f"/meetings/{meeting.id}/tray").get_data(as_text=True)
    assert "Một tệp tự gửi vào" in page
    assert "kế hoạch X" not in page
    assert f"kết thúc bằng {code}" in page
    assert "Hộp thư" not in page


def test_a_crash_between_keeping_and_putting_away_makes_no_second_paper(
    inbox, put, laid, session, monkeypatch
):
    path = put("a.txt", b"Noi dung")
    with monkeypatch.context() as patch:
        patch.setattr("meetings.agenda.inbox.folder._settled", _raises(OSError()))
        assert inbox.look() == 0
    assert path.exists()
    assert inbox.look() == 0, "it is left alone for a while"
    inbox._seen.clear()
    assert inbox.look() == 1
    assert not path.exists()
    assert len(laid()) == 1
    assert len(session.scalars(select(Document)).all()) == 1


def test_an_old_office_file_stays_until_it_is_declared(
    inbox, put, laid, sign_in, world, meeting, place
):
    path = put("báo cáo.doc", OLD)
    assert inbox.look() == 0
    assert path.exists()
    assert laid() == []
    (waiting,) = inbox.app.extensions["declarations"].of(meeting.id)
    assert waiting.received.name == "báo cáo.doc"
    assert inbox.look() == 0
    assert len(inbox.app.extensions["declarations"].of(meeting.id)) == 1, "it waits once"
    answer = {"file": waiting.id, "answer": "clear"}
    sign_in(world.clerk).submit(f"/meetings/{meeting.id}/declarations", **answer)
    assert [file.file_name for file in laid()] == ["báo cáo.doc"]
    assert not path.exists()


@pytest.mark.parametrize("wrong", ["no account", "no clerk", "no meeting"])
def test_where_nobody_may_take_in_the_file_stays_where_it_is(
    inbox, put, laid, session, world, place, wrong
):
    path = put("a.txt", b"Noi dung")
    if wrong == "no account":
        session.get_one(User, world.clerk.id).active = False
    elif wrong == "no clerk":
        session.get_one(User, world.clerk.id).username = "ai-khac"
        session.get_one(User, world.outsider.id).username = "van-thu"
    else:
        path = place.rename(place.with_name("Họp 00000000")) / "a.txt"
    session.commit()
    assert inbox.look() == 0
    assert path.exists()
    assert laid() == []


def test_a_disk_without_room_leaves_the_file_for_later(inbox, put, laid, monkeypatch):
    path = put("a.txt", b"Noi dung")
    full = OSError(28, "No space left on device")
    with monkeypatch.context() as patch:
        patch.setattr("meetings.documents.quarantine.services.Sealer.add", _raises(full))
        assert inbox.look() == 0
    assert path.exists()
    assert laid() == []
    inbox._seen.clear()
    assert inbox.look() == 1


def _raises(error):
    def act(*_arguments, **_named):
        raise error

    return act


def test_one_process_looks_at_a_time(inbox, put, settings):
    put("a.txt", b"Noi dung")
    with (settings.instance / LOCK).open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        assert inbox.look() == 0
    assert inbox.look() == 1


def test_mails_become_papers_and_a_silent_mailbox_is_told(
    inbox, post, password, laid, meeting, code, sign_in, world
):
    inbox.doors = [Mailbox(post.address, password, largest=1_000_000)]
    files = (("Tờ trình.txt", TEXT.encode()), ("hỏng.pdf", b"no PDF"))
    post.put(mailbox.mail(f"[{code}] Ngân sách", *files))
    assert inbox.look() == 2
    by_name = {file.file_name: file for file in laid()}
    assert by_name["Tờ trình.txt"].folder == f"so-noi-vu@tinh.vn/[{code}] Ngân sách"
    assert by_name["hỏng.pdf"].reason == "mislabelled"
    assert post.flags == {1: r"\Seen \Flagged"}
    post.deaf = True
    assert inbox.look() == 0
    since = inbox.troubles[Source.MAIL]
    assert inbox.look() == 0
    assert inbox.troubles == {Source.MAIL: since}, "since when it does not answer"
    page = sign_in(world.clerk).get(f"/meetings/{meeting.id}/tray").get_data(as_text=True)
    assert "Hộp thư không trả lời" in page
    post.deaf = False
    inbox.look()
    assert inbox.troubles == {}


def test_the_thread_looks_by_itself_until_it_is_closed(app, inbox, put, monkeypatch):
    monkeypatch.setattr("meetings.agenda.inbox.views.LOOK_SECONDS", 0.01)
    looked = []

    def look():
        looked.append(1)
        if len(looked) == 1:
            raise RuntimeError
        inbox.close()

    monkeypatch.setattr(inbox, "look", look)
    inbox.start()
    inbox.start()
    inbox._thread.join(10)
    assert len(looked) == 2, "a failure does not end it"
    assert not inbox._thread.is_alive()


def test_without_a_door_there_is_no_thread(inbox):
    assert [type(door) for door in inbox.doors] == [WatchedFolder]
    inbox.doors = []
    inbox.start()
    assert inbox._thread is None
