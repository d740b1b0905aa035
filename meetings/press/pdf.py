"""From HTML to PDF, in a child process: neither web nor worker ever loads the typesetter."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CHILD = (sys.executable, "-m", "meetings.press.child")
UNAVAILABLE = os.EX_UNAVAILABLE
SECONDS = 120


class UnavailableError(Exception):
    """PDF cannot be made on this machine; the message says what to install."""


class UnprintableError(Exception):
    """This page cannot be set; the message says why."""


def typeset(html: str) -> bytes:
    """Return the PDF of an HTML page; equal pages give equal bytes.

    Raises UnavailableError without the typesetter's system libraries, UnprintableError for a page
    that cannot be set.
    """
    if not html.strip():
        message = "an empty page has nothing to print"
        raise UnprintableError(message)
    return _ask("page", html.encode())


def font_problem() -> str | None:
    """Return what is wrong with the print font on this machine, None when nothing is."""
    return _ask("font").decode() or None


def _ask(question: str, page: bytes = b"") -> bytes:
    try:
        child = subprocess.run(
            [*CHILD, question],
            input=page,
            capture_output=True,
            cwd=ROOT,
            # a font's modification time must not change the bytes of a document
            env=os.environ | {"SOURCE_DATE_EPOCH": "0", "PYTHONHASHSEED": "0"},
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        message = f"the page took more than {SECONDS} seconds"
        raise UnprintableError(message) from error
    if child.returncode == UNAVAILABLE:
        raise UnavailableError(_last_line(child.stderr))
    if child.returncode:
        raise UnprintableError(_last_line(child.stderr) or f"it stopped with {child.returncode}")
    return child.stdout


def _last_line(complaint: bytes) -> str:
    return complaint.decode(errors="replace").strip().rpartition("\n")[2]
