"""The product as processes: it starts, restarts what dies, and stops with its streams open."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from meetings import supervisor
from meetings.supervisor import Greeting, Supervisor


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(condition, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


@pytest.fixture
def running(tmp_path: Path, empty_database: str) -> Iterator[tuple[subprocess.Popen, str, Path]]:
    bind = f"127.0.0.1:{free_port()}"
    environment = os.environ | {
        "MEETINGS_INSTANCE": str(tmp_path / "instance"),
        "MEETINGS_DATABASE": empty_database,
        "MEETINGS_BIND": bind,
        "MEETINGS_STREAMS": "20",
    }
    output = tmp_path / "output.txt"
    with output.open("w") as file:
        command = [sys.executable, "-m", "meetings", "run"]
        process = subprocess.Popen(command, env=environment, stdout=file, stderr=file)
    wait_until(lambda: "Ready in" in output.read_text() or process.poll() is not None)
    yield process, f"http://{bind}", output
    process.kill()
    process.wait()


def children(pid: int) -> list[int]:
    with contextlib.suppress(FileNotFoundError):
        return [int(n) for n in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def runs(pid: int) -> bool:
    """Tell whether a process still runs; an ended one may wait for ever to be collected."""
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        return state not in "ZX"
    return False


def health(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/health", timeout=2) as answer:
            return answer.status == 200
    except OSError:
        return False


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_starts_says_where_and_stops_when_told(running, number: signal.Signals):
    process, address, output = running
    assert address in output.read_text()
    assert health(address)
    family = children(process.pid)
    assert len(family) == 2
    process.send_signal(number)
    assert process.wait(20) == 0
    wait_until(lambda: not any(map(runs, family)))


def test_a_process_that_dies_is_started_again(running):
    process, address, _ = running
    web, _ = children(process.pid)
    os.kill(web, signal.SIGKILL)
    wait_until(lambda: web not in children(process.pid) and len(children(process.pid)) == 2)
    wait_until(lambda: health(address))


def test_when_the_supervisor_is_killed_nothing_stays_behind(running):
    process, address, _ = running
    family = children(process.pid)
    process.kill()
    process.wait()
    wait_until(lambda: not any(map(runs, family)))
    assert not health(address)


def test_it_stops_soon_though_a_browser_opened_a_connection_and_said_nothing(running):
    process, address, _ = running
    host, _, port = address.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port))):
        time.sleep(1.5)  # longer than a thread waits for the first request
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0


def test_a_child_whose_supervisor_went_before_it_woke_up_ends(tmp_path: Path):
    command = [sys.executable, "-m", "meetings", "work"]
    environment = os.environ | {"MEETINGS_INSTANCE": str(tmp_path), supervisor.PARENT: "1"}
    assert subprocess.run(command, env=environment, timeout=30, check=False).returncode == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("told", "sent"), [([], 0), ([supervisor.PARENT], signal.SIGTERM)])
def test_only_what_the_supervisor_started_ends_with_it(told: list[str], sent: int):
    parent = dict.fromkeys(told, str(os.getpid()))
    question = (
        "import ctypes; from meetings.supervisor import die_with_parent; die_with_parent();"
        "signal = ctypes.c_int(); ctypes.CDLL(None).prctl(2, ctypes.byref(signal));"
        "print(signal.value)"
    )
    command = [sys.executable, "-c", question]
    answer = subprocess.run(command, env=os.environ | parent, capture_output=True, check=True)
    assert int(answer.stdout) == sent


def test_the_greeting_is_said_once_and_only_when_the_server_answers(capsys, monkeypatch):
    answers = iter([False, True, True])
    monkeypatch.setattr(supervisor, "_answers", lambda _address: next(answers))
    greeting = Greeting("http://127.0.0.1:1", "Xin chào", time.time())
    for _ in range(3):
        greeting.when_ready()
    assert capsys.readouterr().out.count("Xin chào") == 1


def test_a_child_that_does_not_stop_is_killed(monkeypatch):
    monkeypatch.setattr(supervisor, "PATIENCE_SECONDS", 0.2)
    stubborn = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        "print(1, flush=True); time.sleep(60)"
    )
    keeper = Supervisor(())
    child = subprocess.Popen([sys.executable, "-c", stubborn], stdout=subprocess.PIPE)
    assert child.stdout is not None
    child.stdout.readline()
    keeper.children["stubborn"] = child
    assert keeper._end() == 0
    assert child.wait(5) == -signal.SIGKILL
    child.stdout.close()


@pytest.mark.parametrize(("own", "arenas"), [({}, "2"), ({"MALLOC_ARENA_MAX": "7"}, "7")])
def test_its_processes_share_few_arenas_unless_somebody_says_otherwise(monkeypatch, own, arenas):
    given = []
    monkeypatch.delenv("MALLOC_ARENA_MAX", raising=False)
    for name, value in own.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(supervisor.subprocess, "Popen", lambda *_, env, **__: given.append(env))
    supervisor._start("serve")
    assert given[0]["MALLOC_ARENA_MAX"] == arenas
