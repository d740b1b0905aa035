"""The supervisor: starts web and worker, starts again what dies, stops both when told to.

It imports the standard library only, so that it weighs little beside them.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from types import FrameType

COMMANDS = ("serve", "work")
PAUSE_SECONDS = 0.1
RESTART_SECONDS = 1.0
PATIENCE_SECONDS = 35.0
PR_SET_PDEATHSIG = 1
PARENT = "NGHI_SU_SUPERVISOR"
FEW_ARENAS = {"MALLOC_ARENA_MAX": "2"}
"""Else each of many threads keeps room of its own for what it freed: 1.0 GB became 0.7 GB."""


class Supervisor:
    """The two processes and the wish to keep them running."""

    def __init__(self, commands: tuple[str, ...] = COMMANDS) -> None:
        self.commands = commands
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.stopping = False

    def run(self, greet: "Greeting") -> int:
        """Keep the processes running until a signal says stop; return the exit status."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._stop)
        for command in self.commands:
            self.children[command] = _start(command)
        while not self.stopping:
            greet.when_ready()
            self._restart_dead()
            time.sleep(PAUSE_SECONDS)
        return self._end()

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def _restart_dead(self) -> None:
        for command, child in self.children.items():
            if child.poll() is not None and not self.stopping:
                _say(f"{command} ended with status {child.returncode}; it is started again.")
                time.sleep(RESTART_SECONDS)
                self.children[command] = _start(command)

    def _end(self) -> int:
        for child in self.children.values():
            with contextlib.suppress(ProcessLookupError):
                child.terminate()
        deadline = time.monotonic() + PATIENCE_SECONDS
        for child in self.children.values():
            try:
                child.wait(max(deadline - time.monotonic(), 0))
            except subprocess.TimeoutExpired:
                child.kill()
        return 0


class Greeting:
    """What is printed once, when the first page can be opened."""

    def __init__(self, address: str, text: str, started: float) -> None:
        self.address, self.text, self.started = address, text, started
        self.said = False

    def when_ready(self) -> None:
        """Print the greeting if the server answers and it was not printed yet."""
        if not self.said and _answers(self.address):
            self.said = True
            seconds = time.time() - self.started
            _say(f"{self.text}\nReady in {seconds:.1f} s: {self.address}")


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/health", timeout=2) as answer:  # noqa: S310 - our own address
            return bool(answer.status == 200)  # noqa: PLR2004 - HTTP's OK
    except (urllib.error.URLError, OSError):
        return False


def _start(command: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "meetings", command],
        start_new_session=True,  # Ctrl-C reaches the supervisor alone, which stops them in order
        env=FEW_ARENAS | os.environ | {PARENT: str(os.getpid())},
    )


def handed_over(text: str) -> str:
    """Return the number of an open file that holds a text: everybody may read a command line."""
    handed = os.memfd_create("greeting")
    os.write(handed, text.encode())
    os.lseek(handed, 0, os.SEEK_SET)
    os.set_inheritable(handed, True)
    return str(handed)


def die_with_parent() -> None:
    """Ask the kernel to stop this process when its supervisor is gone, or end if it is already.

    A process that somebody else started, systemd or a person, outlives who did.
    """
    if PARENT not in os.environ:
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.environ[PARENT] != str(os.getppid()):
        sys.exit(0)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main() -> int:
    """Run with the address, the file of the greeting and the start time of the command line."""
    address, greeting, started = sys.argv[1:4]
    with os.fdopen(int(greeting), encoding="utf-8") as file:
        text = file.read()
    return Supervisor().run(Greeting(address, text, float(started)))


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    sys.exit(main())
