"""The scanner is asked over a real socket; a small daemon here speaks ClamAV's protocol."""

import socketserver
import struct
import threading
from datetime import UTC, datetime
from io import BytesIO

import pytest

from meetings.intake.scanner import Scan, is_there, scan, signatures_of

VIRUS = b"a-pattern-that-this-daemon-knows"
SIGNED = "ClamAV 1.4.6/27500/Thu Nov 26 08:12:30 2026"


class Daemon(socketserver.StreamRequestHandler):
    """Answer as ClamAV does."""

    def handle(self):
        command = b""
        while not command.endswith(b"\0"):
            command += self.rfile.read(1)
        self.wfile.write(self.answer(command).encode() + b"\0")

    def answer(self, command):
        said = self.server.says
        if command == b"zVERSION\0":
            return said or SIGNED
        content = b""
        while size := struct.unpack("!I", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
        self.server.seen.append(len(content))
        if said is not None:
            return said
        return f"stream: {'Win.Test FOUND' if VIRUS in content else 'OK'}"


@pytest.fixture
def daemon(tmp_path):
    with socketserver.ThreadingUnixStreamServer(str(tmp_path / "clamd"), Daemon) as server:
        server.says, server.seen, server.place = None, [], str(tmp_path / "clamd")
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("content", "found"),
    [(b"", Scan.CLEAN), (b"harmless", Scan.CLEAN), (bytes(600_000) + VIRUS, Scan.INFECTED)],
)
def test_bytes_are_sent_whole_and_judged(daemon, content, found):
    assert scan(daemon.place, BytesIO(content)) is found
    assert daemon.seen == [len(content)]


@pytest.mark.parametrize("says", ["INSTREAM size limit exceeded. ERROR", "", "nonsense"])
def test_a_scanner_that_could_not_tell_says_nothing_about_a_file(daemon, says):
    daemon.says = says
    assert scan(daemon.place, BytesIO(b"bytes")) is Scan.UNKNOWN


def test_an_absent_scanner_knows_nothing(tmp_path, daemon):
    daemon.shutdown()
    daemon.server_close()
    assert scan(daemon.place, BytesIO(b"bytes")) is Scan.UNKNOWN
    assert scan(str(tmp_path / "none"), BytesIO(b"bytes")) is Scan.UNKNOWN
    assert not is_there("")


def test_the_scanner_says_from_when_its_signatures_are(daemon, tmp_path):
    assert signatures_of(daemon.place) == datetime(2026, 11, 26, 8, 12, 30, tzinfo=UTC)
    daemon.says = "ClamAV 1.4.6"
    assert signatures_of(daemon.place) is None
    assert signatures_of(str(tmp_path / "none")) is None
