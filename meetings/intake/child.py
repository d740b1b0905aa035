"""The child's side of the sandbox: confine itself, do one task, print an answer a line."""

import errno
import json
import os
import resource
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from meetings.intake.verdict import Limits, Reason

NICE = 10
FILES = 64
FULL = {errno.EFBIG, errno.ENOSPC}

Order = Mapping[str, Any]
Answers = Iterator[dict[str, Any]]


def _inspect(order: Order) -> Answers:
    from meetings.intake.inspect import inspect

    limits = Limits(**order["limits"])
    yield inspect(Path(order["source"]), order["arguments"]["name"], limits).to_json()


def _pages(order: Order) -> Answers:
    from meetings.intake.pages import prepare

    numbers = order["arguments"]["numbers"]
    for page in prepare(Path(order["source"]), Path(order["output"]), numbers):
        yield page.to_json()


TASKS: dict[str, Callable[[Order], Answers]] = {"inspect": _inspect, "pages": _pages}


def main() -> None:
    """Do the task that standard input orders; libraries that print do it on standard error."""
    order = json.load(sys.stdin)
    limits = Limits(**order["limits"])
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as answers:
        os.dup2(2, 1)
        confine(limits)
        for answer in _timed(TASKS[order["task"]](order), limits.cpu_seconds):
            answers.write(json.dumps(answer, separators=(",", ":")) + "\n")
            answers.flush()


def confine(limits: Limits) -> None:
    """Give up, for good, what the task does not need."""
    os.nice(NICE)
    for kind, amount in (
        (resource.RLIMIT_AS, limits.address_space),
        (resource.RLIMIT_FSIZE, limits.output_bytes),
        (resource.RLIMIT_NOFILE, FILES),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        allowed = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
        resource.setrlimit(kind, (allowed, allowed))


def _timed(answers: Answers, seconds: int) -> Answers:
    """Yield the answers, each with its own processor time, until memory or room runs out."""
    try:
        _renew(seconds)
        for answer in answers:
            yield answer
            _renew(seconds)
    except MemoryError:
        yield {"reason": Reason.OUT_OF_MEMORY}
    except OSError as error:
        if error.errno not in FULL:
            raise
        yield {"reason": Reason.TOO_MUCH_OUTPUT}


def _renew(seconds: int) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    allowed = int(used.ru_utime + used.ru_stime) + 1 + seconds
    soft = allowed if hard == resource.RLIM_INFINITY else min(allowed, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


if __name__ == "__main__":
    main()
