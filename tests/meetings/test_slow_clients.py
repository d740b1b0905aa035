"""Slow senders, sly ones and full queues: the real server goes on serving everybody else."""

import os
import re
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


SMUGGLED = b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
AMBIGUOUS = {
    "length and chunks": (b"Content-Length: 4\r\nTransfer-Encoding: chunked", b"0\r\n\r\n"),
    "chunks and length": (b"Transfer-Encoding: chunked\r\nContent-Length: 4", b"0\r\n\r\n"),
    "two lengths": (b"Content-Length: 0\r\nContent-Length: 42", b""),
    "a list of lengths": (b"Content-Length: 0, 42", b""),
    "a length with a sign": (b"Content-Length: +0", b""),
    "a length in hexadecimal": (b"Content-Length: 0x0", b""),
    "a negative length": (b"Content-Length: -1", b""),
    "chunks of an unknown kind": (b"Transfer-Encoding: xchunked", b"0\r\n\r\n"),
    "chunks within another coding": (b"Transfer-Encoding: chunked, identity", b"0\r\n\r\n"),
    "a space before the colon": (b"Transfer-Encoding : chunked", b"0\r\n\r\n"),
    "a folded line": (b"X-Long: a\r\n Transfer-Encoding: chunked", b"0\r\n\r\n"),
}


def statuses_of(address: tuple[str, int], content: bytes) -> list[int]:
    with socket.create_connection(address, timeout=20) as sender:
        sender.sendall(content)
        sender.shutdown(socket.SHUT_WR)
        answered = b"".join(iter(lambda: sender.recv(65536), b""))
    return [int(status) for status in re.findall(rb"HTTP/1\.1 (\d{3}) ", answered)]


def test_two_requests_one_after_the_other_have_an_answer_each(server):
    assert statuses_of(server, SMUGGLED + SMUGGLED) in ([200, 200], [200])
    assert statuses_of(server, SMUGGLED) == [200]


@pytest.mark.parametrize("bounds", AMBIGUOUS)
def test_a_request_whose_end_is_not_sure_is_refused_with_all_that_follows(server, bounds):
    head, body = AMBIGUOUS[bounds]
    content = b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\n" + head + b"\r\n\r\n" + body
    answered = statuses_of(server, content + SMUGGLED)
    assert len(answered) == 1
    assert answered[0] in {400, 501}
    assert asked(server) == 200
