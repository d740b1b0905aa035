"""Copies of a PDF that a child makes, and what it says of the signatures; asked from outside."""

from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from stat import S_ISREG
from typing import Any

from meetings.intake import edits, sandbox
from meetings.intake.cleaned import Cleaned
from meetings.intake.signatures.signature import Signature
from meetings.intake.verdict import DEFAULT, Limits, Reason

VIEWING = "viewing.pdf"
EDITED = "edited.pdf"


def signatures_of(
    path: Path, limits: Limits = DEFAULT, roots: Sequence[bytes] = ()
) -> list[Signature] | Reason:
    """Return the signatures of a PDF, or why they could not be read; roots are DER."""
    arguments = {"roots": [root.hex() for root in roots]}
    answer = _answer("signatures", path, None, arguments, limits)
    try:
        return [Signature.from_json(one) for one in answer["signatures"]]
    except (KeyError, TypeError, ValueError):
        return _reason(answer)


def clean_file(path: Path, output: Path, limits: Limits = DEFAULT) -> Cleaned | Reason:
    """Leave viewing.pdf in an empty folder and say what was taken out, or why there is none."""
    answer = _answer("clean", path, output, {}, limits)
    try:
        cleaned = Cleaned.from_json(answer)
    except ValueError:
        return _reason(answer)
    return cleaned if _is_left(output / VIEWING) else Reason.CRASHED


def edit_pages(
    path: Path, ordered: Sequence[edits.Edit], output: Path, limits: Limits = DEFAULT
) -> int | Reason:
    """Leave edited.pdf in an empty folder and return its pages, or why there is none."""
    arguments = {"edits": [edits.to_json(edit) for edit in ordered]}
    answer = _answer("edit_pages", path, output, arguments, limits)
    try:
        pages = int(answer["pages"])
    except (KeyError, TypeError, ValueError):
        return _reason(answer)
    return pages if _is_left(output / EDITED) else Reason.CRASHED


def _answer(
    task: str, path: Path, output: Path | None, arguments: Mapping[str, Any], limits: Limits
) -> Mapping[str, Any]:
    with closing(
        sandbox.run(task, path, output=output, arguments=arguments, limits=limits)
    ) as answers:
        answer: Mapping[str, Any] = next(answers, {"reason": Reason.CRASHED})
        return answer


def _reason(answer: Mapping[str, Any]) -> Reason:
    try:
        return Reason(answer["reason"])
    except (KeyError, ValueError):
        return Reason.CRASHED


def _is_left(path: Path) -> bool:
    """Tell whether a child left a plain file; a link would lead its reader elsewhere."""
    return path.exists() and S_ISREG(path.lstat().st_mode)
