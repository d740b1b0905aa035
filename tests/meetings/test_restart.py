"""A restart under a socket that somebody else holds, as systemd does: no request is lost."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

CLIENTS = 4
FIRST_PASSED_SOCKET = 3  # sd_listen_fds(3)


@pytest.fixture
def held() -> Iterator[socket.socket]:
    """The address, held by this process."""
    with socket.create_server(("127.0.0.1", 0), backlog=256) as held:
        held.set_inheritable(True)
        yield held


def serve(held: socket.socket, instance: Path, database: str) -> subprocess.Popen:
    """Start the web server on the held address."""
    host, port = held.getsockname()

    program = (
        f"import os, sys; os.dup2({held.fileno()}, {FIRST_PASSED_SOCKET});"
        "os.environ.update(LISTEN_FDS='1', LISTEN_PID=str(os.getpid()));"
        "os.execv(sys.executable, [sys.executable, '-m', 'meetings', 'serve'])"
    )
    environment = os.environ | {
        "MEETINGS_INSTANCE": str(instance),
        "MEETINGS_DATABASE": database,
        "MEETINGS_BIND": f"{host}:{port}",
        "MEETINGS_STREAMS": "20",
    }
    return subprocess.Popen(
        [sys.executable, "-c", program],
        env=environment,
        close_fds=False,
        stderr=subprocess.DEVNULL,
    )


def test_a_restart_loses_no_request(held: socket.socket, tmp_path: Path, empty_database: str):
    address = "http://{}:{}/health".format(*held.getsockname())
    answers: list[int | str] = []
    over = threading.Event()

    def ask() -> None:
        while not over.is_set():
            try:
                with urllib.request.urlopen(address, timeout=30) as answer:
                    answers.append(answer.status)
            except OSError as error:
                answers.append(str(error))

    first = serve(held, tmp_path / "instance", empty_database)
    threads = [threading.Thread(target=ask) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    wait_for(answers, 20)
    first.send_signal(signal.SIGTERM)
    assert first.wait(20) == 0
    before = len(answers)
    second = serve(held, tmp_path / "instance", empty_database)
    wait_for(answers, before + 50)
    over.set()
    for thread in threads:
        thread.join()
    second.send_signal(signal.SIGTERM)
    assert second.wait(20) == 0
    assert set(answers) == {200}


def wait_for(answers: list[int | str], count: int) -> None:
    deadline = time.monotonic() + 60
    while len(answers) < count:
        assert time.monotonic() < deadline, answers[-1:]
        time.sleep(0.02)
