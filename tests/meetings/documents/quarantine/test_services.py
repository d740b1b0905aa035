import errno
import os
import signal
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from meetings.documents.quarantine import services
from meetings.documents.quarantine.services import (
    Draft,
    TooLarge,
    examine,
    let_go,
    quarantine,
    sweep_quarantine,
)
from meetings.intake import Reason, memory
from storage import NoSpace

CANARY = b"CANARY-of-a-paper-that-no-disk-may-see"
PROJECT = Path(__file__).parents[4]
HOSTILE = ["../../etc/passwd", "/etc/passwd", "a\0b.pdf", "x" * 300 + ".pdf", "..", ""]
VICTIM = """
import io, sys, time
from pathlib import Path
from meetings.documents.quarantine.services import Draft, quarantine
from meetings.intake import Limits, sandbox

folder, moment, content = Path(sys.argv[1]), sys.argv[2], sys.argv[3].encode() * 100_000
if moment == "arriving":
    draft = Draft(folder, 10**8)
    draft.write(content)
    print("now", flush=True)
    time.sleep(60)
received = quarantine(io.BytesIO(content), "a.pdf", folder, 10**8)
with received.laid_out() as path:
    probes = Path("tests/meetings/intake/probes.py").resolve()
    for answer in sandbox.run("sleep", path, limits=Limits(), program=probes):
        print("now", flush=True)
"""


class FailingStream(BytesIO):
    def __init__(self, error):
        super().__init__()
        self.error = error
        self.parts = [b"first part"]

    def read(self, _size=-1):
        if self.parts:
            return self.parts.pop()
        raise self.error


def on_disk(descriptor):
    return Path(f"/proc/self/fd/{descriptor}").read_bytes()


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_chooses_where_a_file_waits(tmp_path, name):
    received = quarantine(BytesIO(b"bytes"), name, tmp_path, 100)
    assert received.name == name
    assert list(tmp_path.iterdir()) == []
    with received.open() as reader:
        assert reader.read() == b"bytes"
    let_go(received)
    let_go(received)
    with pytest.raises(ValueError, match="closed"):
        received.open()


def test_a_file_in_quarantine_is_measured_as_it_streams(tmp_path):
    content = b"x" * (services.CHUNK + 1)
    received = quarantine(BytesIO(content), "a.pdf", tmp_path, len(content))
    assert (received.size, received.sha256) == (len(content), sha256(content).hexdigest())
    with received.open() as reader, received.laid_out() as path:
        assert reader.read() == path.read_bytes() == content
    let_go(received)


def test_the_disk_gets_ciphertext_under_a_key_that_nothing_shows(tmp_path):
    content = CANARY * 100_000
    received = quarantine(BytesIO(content), "a.pdf", tmp_path, len(content))
    sealed = on_disk(received.draft._file.fileno())
    assert len(sealed) > len(content)
    assert CANARY not in sealed
    assert "key" not in repr(received)
    other = quarantine(BytesIO(content), "a.pdf", tmp_path, len(content))
    assert other.draft._key != received.draft._key
    let_go(received)
    let_go(other)


def test_what_nobody_kept_is_dropped(tmp_path):
    file = Draft(tmp_path, 10)._file
    assert file.closed


def test_a_file_one_byte_too_long_leaves_nothing(tmp_path):
    with pytest.raises(TooLarge):
        quarantine(BytesIO(b"123456"), "a.pdf", tmp_path, 5)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(errno.ENOSPC, "full"), NoSpace),
        (OSError(errno.EIO, "broken"), OSError),
        (ConnectionResetError(), ConnectionResetError),
    ],
)
def test_a_stream_that_breaks_off_leaves_nothing(tmp_path, error, told):
    with pytest.raises(told):
        quarantine(FailingStream(error), "a.pdf", tmp_path, 100)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "told"), [(errno.ENOSPC, NoSpace), (errno.EIO, OSError)], ids=["full", "broken"]
)
def test_a_draft_tells_in_the_end_what_went_wrong_with_the_disk(tmp_path, number, told):
    draft = Draft(tmp_path, 10**8)

    class Failing(BytesIO):
        def write(self, _part):
            raise OSError(number, "no")

    draft._file.close()
    draft._file = Failing()
    part = bytes(3 * services.CHUNK)
    assert draft.write(part) == len(part)
    assert draft.write(b"more") == 4
    assert draft.seek(0) == 0
    with pytest.raises(told):
        draft.received("a.pdf")


def test_a_folder_without_room_is_told(tmp_path, monkeypatch):
    def full(**_options):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(services, "TemporaryFile", full)
    with pytest.raises(NoSpace):
        Draft(tmp_path, 100)


def test_only_what_lay_too_long_is_swept_from_quarantine(tmp_path):
    old, old_folder, fresh = (tmp_path / name for name in ("old", "folder", "fresh"))
    old_folder.mkdir()
    (old_folder / "original").write_bytes(b"plain")
    old.write_bytes(b"plain")
    fresh.write_bytes(b"plain")
    for path in (old, old_folder):
        os.utime(path, (0, 0))
    sweep_quarantine(tmp_path, timedelta(hours=1))
    assert list(tmp_path.iterdir()) == [fresh]


def test_bad_files_are_refused_with_their_reason_and_good_ones_are_not(tmp_path, make_pdf):
    whole = make_pdf("mot", "hai")
    locked = make_pdf("mot", encryption=pikepdf.Encryption(user="pass", owner="pass"))
    files = {
        ("good.pdf", whole): None,
        ("empty.pdf", b""): Reason.EMPTY,
        ("cut.pdf", whole[:90]): Reason.DAMAGED,
        ("locked.pdf", locked): Reason.ENCRYPTED,
        ("picture.png", whole): Reason.MISLABELLED,
    }
    told = {}
    for name, content in files:
        received = quarantine(BytesIO(content), name, tmp_path, 10**6)
        told[name, content] = examine(received)
        let_go(received)
    assert {file: verdict.reason for file, verdict in told.items()} == files
    assert told["good.pdf", whole].pages == 2


def test_a_file_waits_no_longer_than_it_may_and_needs_memory(tmp_path, make_pdf, monkeypatch):
    received = quarantine(BytesIO(make_pdf("mot")), "a.pdf", tmp_path, 10**6)
    monkeypatch.setattr(services, "QUEUE_SECONDS", 0)
    with services._GATE:
        assert examine(received).reason is Reason.TIMED_OUT
    monkeypatch.setattr(memory, "has_room", lambda _size: False)
    assert examine(received).reason is Reason.OUT_OF_MEMORY
    monkeypatch.undo()
    assert examine(received).reason is None
    let_go(received)


@pytest.mark.parametrize("moment", ["arriving", "in the gate"])
def test_a_kill_leaves_nothing_plain_anywhere(tmp_path, moment):
    instance, scratch = tmp_path / "instance", tmp_path / "scratch"
    for folder in (instance / "quarantine", scratch):
        folder.mkdir(parents=True)
    began = time.time() - 1
    command = [sys.executable, "-c", VICTIM, instance / "quarantine", moment, CANARY.decode()]
    environment = os.environ | {"TMPDIR": str(scratch), "PYTHONPATH": str(PROJECT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, cwd=PROJECT) as victim:
        assert victim.stdout.readline() == b"now\n"
        assert found_open(victim.pid) == []
        victim.send_signal(signal.SIGKILL)
    searched = {instance, scratch, Path("/dev/shm"), Path(tempfile.gettempdir())}
    assert [place for folder in searched for place in found(folder, since=began)] == []
    assert list((instance / "quarantine").iterdir()) == []


def found_open(process):
    """Return the files of a disk that a process has open and that hold the canary."""
    places = Path(f"/proc/{process}/fd").iterdir()
    files = [place for place in places if place.is_file() and "memfd:" not in str(place.readlink())]
    assert files
    return [place for place in files if CANARY in place.read_bytes()]


def found(folder, since):
    """Return the files written since a moment that hold the canary."""
    return [
        place
        for place in folder.rglob("*")
        if place.is_file() and place.stat().st_mtime >= since and CANARY in place.read_bytes()
    ]
