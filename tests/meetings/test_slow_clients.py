"""Slow senders and full queues: the real server goes on serving everybody else."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

SLOW = 500 if os.environ.get("LONG_TESTS") else 50
ASKED = 20
HALVES = {
    "nothing at all": b"",
    "half a line": b"GET /hea",
    "half a head": b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: a",
    "half a form": (
        b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\n\r\nusername="
    ),
    "half a file": (
        b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000000\r\n"
        b"Content-Type: multipart/form-data; boundary=b\r\n\r\n--b\r\n"
    ),
}


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[tuple[str, int]]:
    """The web server as it is started by default, without anything before it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = probe.getsockname()
    environment = os.environ | {
        "MEETINGS_INSTANCE": str(tmp_path_factory.mktemp("slow") / "instance"),
        "MEETINGS_BIND": "{}:{}".format(*address),
    }
    command = [sys.executable, "-m", "meetings", "serve"]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while asked(address) != 200:
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.1)
    yield address
    process.terminate()
    assert process.wait(60) == 0


def asked(address: tuple[str, int]) -> int:
    try:
        with urllib.request.urlopen("http://{}:{}/health".format(*address), timeout=20) as answer:
            return int(answer.status)
    except OSError:
        return 0


@pytest.mark.long
@pytest.mark.parametrize("half", HALVES)
def test_others_are_served_beside_hundreds_of_half_sent_requests(server, half):
    with ExitStack() as slow:
        for _ in range(SLOW):
            sender = slow.enter_context(socket.create_connection(server))
            sender.sendall(HALVES[half])
        assert [asked(server) for _ in range(ASKED)] == [200] * ASKED
    assert asked(server) == 200
    print(f"{SLOW} senders of {half}: {ASKED} of {ASKED} others served")
