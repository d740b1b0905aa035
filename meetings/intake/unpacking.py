"""Have an archive unpacked in the sandbox; its papers come through a pipe and touch no disk."""

import base64
from collections.abc import Generator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from meetings.intake import sandbox
from meetings.intake.archive import Member
from meetings.intake.verdict import DEFAULT, Limits, Reason


class BrokenOff(Exception):
    """An archive was not unpacked to its end, for a reason."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def unpack(
    path: Path, numbers: range, limits: Limits = DEFAULT
) -> Generator[Member | bytes, None, None]:
    """Yield papers of an archive, after each its bytes, as `archive.unpack` does; raise BrokenOff.

    What the child says is believed within the limits only.
    """
    members, room = len(numbers), limits.unpacked_bytes
    order = {"numbers": [numbers.start, numbers.stop]}
    with closing(sandbox.run("unpack", path, arguments=order, limits=limits)) as answers:
        for answer in answers:
            part = _part(answer)
            if isinstance(part, Member):
                members -= part.reason is None
            else:
                room -= len(part)
            if members < 0 or room < 0:
                raise BrokenOff(Reason.BOMB)
            yield part


def _part(answer: Mapping[str, Any]) -> Member | bytes:
    try:
        if "member" in answer:
            return Member.from_json(answer["member"])
        if "bytes" in answer:
            return base64.b64decode(answer["bytes"], validate=True)
        reason = Reason(answer["reason"])
    except (KeyError, TypeError, ValueError):
        reason = Reason.CRASHED
    raise BrokenOff(reason)
