"""The PDF that is shown for a file: itself, converted from an office file, made of its pictures."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path
from stat import S_ISREG
from typing import Any

from meetings.intake import sandbox
from meetings.intake.kinds import BY_MEDIA_TYPE, Family
from meetings.intake.office.fonts import has_program
from meetings.intake.verdict import DEFAULT, MEBIBYTE, Limits, Reason

SHOWN = "document.pdf"
CELLS = "cells.txt"
CONVERT = "convert"
TASKS = {Family.OFFICE: CONVERT, Family.TEXT: CONVERT, Family.PICTURE: "picture"}
OFFICE_BYTES = 2048 * MEBIBYTE  # of addresses, most of which LibreOffice never touches
OFFICE_SECONDS = 60
OFFICE_PROCESSES = OFFICE_FILES = 512


def viewing_copy(
    path: Path, media_type: str, output: Path, limits: Limits = DEFAULT
) -> Path | Reason | None:
    """Return the PDF shown for a file, None for a film, or why none could be made.

    The output folder must be empty; a spreadsheet leaves the text of its cells there too.
    """
    family = BY_MEDIA_TYPE[media_type].family
    if family is Family.PDF:
        return path
    if family not in TASKS:
        return None
    task = TASKS[family]
    if task == CONVERT and not has_program():
        return Reason.UNSUPPORTED
    allowed = converting_limits(limits) if task == CONVERT else limits
    order = {"media_type": media_type}
    with closing(
        sandbox.run(task, path, output=output, arguments=order, limits=allowed)
    ) as answers:
        answer = next(answers, {"reason": Reason.CRASHED})
    shown = output / SHOWN
    if answer.get("reason") or not _is_file(shown):
        return _reason(answer.get("reason"))
    return shown


def converting_limits(limits: Limits) -> Limits:
    """Return what a child may use that runs LibreOffice."""
    return replace(
        limits,
        address_space=max(limits.address_space, OFFICE_BYTES),
        cpu_seconds=max(limits.cpu_seconds, OFFICE_SECONDS),
        processes=OFFICE_PROCESSES,
        files=OFFICE_FILES,
    )


def cells_of(output: Path) -> str:
    """Return the text of a spreadsheet's cells, if one was shown."""
    cells = output / CELLS
    return cells.read_text(encoding="utf-8", errors="replace") if _is_file(cells) else ""


def _is_file(path: Path) -> bool:
    """Tell whether a child left a plain file; a link would lead its reader elsewhere."""
    return path.exists() and S_ISREG(path.lstat().st_mode)


def _reason(said: Any) -> Reason:
    try:
        return Reason(said)
    except ValueError:
        return Reason.CRASHED
