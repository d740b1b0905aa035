"""Ask, from outside the sandbox, whether a file bears a mark of secrecy."""

import base64
import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from meetings.intake import sandbox
from meetings.intake.kinds import BY_MEDIA_TYPE, Family
from meetings.intake.secrecy.finding import Finding
from meetings.intake.secrecy.shown import looked_at
from meetings.intake.verdict import DEFAULT, MEBIBYTE, Limits, Reason, Verdict

PROGRAM = "tesseract"
PROCESSES = 32
BYTES = 2048 * MEBIBYTE
SECONDS = 60
PICTURED = {Family.PDF, Family.PICTURE}


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
    order = {"media_type": media_type, "seeing": can_look()}
    with closing(sandbox.run("secrecy", path, arguments=order, limits=wide)) as answers:
        answer = next(answers, {"reason": Reason.CRASHED})
    return _finding(answer)


def shown_numbers(verdict: Verdict) -> list[int]:
    """Return the numbers of the pages of a file that a person can be shown at the gate."""
    family = BY_MEDIA_TYPE[verdict.media_type or ""].family
    return looked_at(max(1, verdict.pages)) if family in PICTURED else []


def page_picture(
    path: Path, media_type: str, number: int, limits: Limits = DEFAULT
) -> bytes | Reason:
    """Return a page's picture as a JPEG that was never on a disk, or why there is none."""
    order = {"media_type": media_type, "number": number}
    with closing(sandbox.run("look", path, arguments=order, limits=limits)) as answers:
        answer = next(answers, {})
    try:
        return base64.b64decode(answer["picture"], validate=True)
    except (KeyError, TypeError, ValueError):
        return _reason(answer.get("reason"))


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
