"""Ask, from outside the sandbox, whether a file bears a mark of secrecy."""

import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from meetings.intake import sandbox
from meetings.intake.secrecy.finding import Finding
from meetings.intake.verdict import DEFAULT, MEBIBYTE, Limits, Reason

PROGRAM = "tesseract"
PROCESSES = 32
BYTES = 2048 * MEBIBYTE
SECONDS = 60


class UnseenError(Exception):
    """A file could not be looked at, for a reason: it must not pass."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def can_look() -> bool:
    """Tell whether pictures can be read here; where they cannot, the clerk has to declare."""
    return shutil.which(PROGRAM) is not None


def secrecy_of(path: Path, media_type: str, limits: Limits = DEFAULT) -> Finding | None:
    """Return the mark on a PDF or picture, or None; raise UnseenError if it cannot be told."""
    wide = replace(
        limits,
        processes=PROCESSES,
        address_space=max(limits.address_space, BYTES),
        cpu_seconds=max(limits.cpu_seconds, SECONDS),
        wall_seconds=max(limits.wall_seconds, 2 * SECONDS),
    )
    order = {"media_type": media_type}
    with closing(sandbox.run("secrecy", path, arguments=order, limits=wide)) as answers:
        answer = next(answers, {"reason": Reason.CRASHED})
    return _finding(answer)


def _finding(answer: dict[str, Any]) -> Finding | None:
    if "reason" in answer:
        raise UnseenError(_reason(answer["reason"]))
    found = answer.get("finding", Reason.CRASHED)
    if found is None:
        return None
    try:
        return Finding.from_json(found)
    except ValueError:
        raise UnseenError(Reason.CRASHED) from None


def _reason(said: Any) -> Reason:
    try:
        return Reason(str(said))
    except ValueError:
        return Reason.CRASHED
