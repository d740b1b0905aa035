"""Run one task in a child within walls, and pass its answers on; nothing it does is an error."""

import contextlib
import json
import logging
import os
import select
import signal
import stat
import subprocess
import tempfile
import threading
import time
from collections.abc import Generator, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from meetings.intake import memory, walls
from meetings.intake.verdict import DEFAULT, MEBIBYTE, Limits, Reason

CHILD = Path(__file__).with_name("child.py")
TICK_MS = 250  # between two looks at what the child has written
CHUNK = 65536
ANSWER_BYTES = 16 * MEBIBYTE
COMPLAINT_BYTES = 2048
QUEUE_SECONDS = 300

_PLACES = threading.BoundedSemaphore(2)  # files at a time in this process

_SIGNALLED = 128  # shells and bubblewrap say 128 + n of a process that signal n ended
_REASONS = {
    _SIGNALLED + signal.SIGXCPU: Reason.TIMED_OUT,
    _SIGNALLED + signal.SIGKILL: Reason.OUT_OF_MEMORY,  # only the kernel kills it unasked
}

log = logging.getLogger(__name__)

state, opens_programs = walls.state, walls.opens_programs


class _StoppedError(Exception):
    """The child is to end, for a reason."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class _Child:
    """A running child, the pipe of its answers, and the file of its complaints."""

    process: "subprocess.Popen[bytes]"
    answers: int
    complaints: IO[bytes]
    output: Path | None
    limits: Limits

    def lines(self) -> Iterator[bytes]:
        """Yield the answers; raise _StoppedError when there is silence for too long."""
        pending = b""
        deadline = self._deadline()
        while chunk := self._chunk(deadline):
            *lines, pending = (pending + chunk).split(b"\n")
            if len(pending) > ANSWER_BYTES:
                raise _StoppedError(Reason.TOO_MUCH_OUTPUT)
            for line in lines:
                yield line
                deadline = self._deadline()  # the reader of the answers may take its time
        self._finish(deadline)

    def _deadline(self) -> float:
        return time.monotonic() + self.limits.wall_seconds

    def _chunk(self, deadline: float) -> bytes:
        poll = select.poll()
        poll.register(self.answers, select.POLLIN)
        while (left := deadline - time.monotonic()) > 0:
            if self._written() > self.limits.output_bytes:
                raise _StoppedError(Reason.TOO_MUCH_OUTPUT)
            if poll.poll(min(TICK_MS, left * 1000)):
                return os.read(self.answers, CHUNK)
        raise _StoppedError(Reason.TIMED_OUT)

    def _written(self) -> int:
        total = os.fstat(self.complaints.fileno()).st_size
        for file in self.output.iterdir() if self.output else ():
            with contextlib.suppress(FileNotFoundError):  # the child may take it away again
                status = file.lstat()
                if stat.S_ISDIR(status.st_mode):  # no task makes folders; they would hide files
                    raise _StoppedError(Reason.TOO_MUCH_OUTPUT)
                total += status.st_size
        return total

    def _finish(self, deadline: float) -> None:
        """Wait for the end; raise _StoppedError when it is not a good one."""
        try:
            status = self.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            raise _StoppedError(Reason.TIMED_OUT) from None
        if status:
            self._log_complaint(status)
            ended_by = status if status > 0 else _SIGNALLED - status
            raise _StoppedError(_REASONS.get(ended_by, Reason.CRASHED))

    def _log_complaint(self, status: int) -> None:
        """Log what bubblewrap said; what a parser says may quote the document."""
        self.complaints.seek(0)
        said = self.complaints.read(COMPLAINT_BYTES).decode(errors="replace").splitlines()
        walls_said = [line for line in said if line.startswith("bwrap:")]
        log.warning("child ended with status %d %s", status, " ".join(walls_said))


def run(
    task: str,
    source: Path,
    *,
    output: Path | None = None,
    arguments: Mapping[str, Any] | None = None,
    limits: Limits = DEFAULT,
    program: Path = CHILD,
    announced: bool = False,
    beside: bool = False,
) -> Generator[dict[str, Any], None, None]:
    """Yield a task's answers as they come; a child that fails adds {"reason": ...} as its last.

    The child ends with the thread that runs this. `output` should be an empty folder of its own.
    `announced` adds {} as the first, once it works; `beside` another one it takes no place.
    """
    output = output and output.resolve(strict=True)
    with memory.opened_for_child(source) as (lent, inherited):
        inside = walls.enclose(
            program, lent, output, scratch=limits.output_bytes, programs=limits.processes > 0
        )
        order = {
            "task": task,
            "source": str(inside.source),
            "output": inside.output and str(inside.output),
            "arguments": dict(arguments or {}),
            "limits": asdict(limits),
        }
        try:
            with (
                contextlib.nullcontext() if beside else _place(),
                _started(inside.command, order, output, limits, inherited) as child,
            ):
                if announced:
                    yield {}
                for line in child.lines():
                    yield _answer(line)
        except _StoppedError as stop:
            log.warning("task %s stopped: %s", task, stop.reason)
            yield {"reason": stop.reason.value}


@contextlib.contextmanager
def _place() -> Iterator[None]:
    if not _PLACES.acquire(timeout=QUEUE_SECONDS):
        raise _StoppedError(Reason.TIMED_OUT)
    try:
        yield
    finally:
        _PLACES.release()


def _answer(line: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(line)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict):
        raise _StoppedError(Reason.CRASHED)
    return answer


@contextlib.contextmanager
def _started(
    command: list[str],
    order: dict[str, Any],
    output: Path | None,
    limits: Limits,
    inherited: tuple[int, ...],
) -> Iterator[_Child]:
    """Start a child in a process group of its own, which does not outlive this block."""
    answers, writer = os.pipe()
    # The order goes in by standard input: everybody may read a command line, and file names in it.
    with tempfile.TemporaryFile() as orders, tempfile.TemporaryFile() as complaints:
        orders.write(json.dumps(order).encode())
        orders.seek(0)
        try:
            process = subprocess.Popen(
                command,
                stdin=orders,
                stdout=writer,
                stderr=complaints,
                env={},
                cwd="/",
                start_new_session=True,
                pass_fds=inherited,
            )
        finally:
            os.close(writer)
        try:
            yield _Child(process, answers, complaints, output, limits)
        finally:
            _end(process)
            os.close(answers)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Kill the whole group, whatever the child left running in it."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
