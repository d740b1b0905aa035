"""Say why qpdf does not open a file; runs in the sandbox."""

from collections.abc import Callable
from typing import Any

import pikepdf

from meetings.intake.verdict import Reason


def or_reason(task: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Return the answer of a task, or the reason that its file could not be opened."""
    try:
        return task()
    except pikepdf.PasswordError:
        return {"reason": Reason.ENCRYPTED}
    except pikepdf.PdfError:
        return {"reason": Reason.DAMAGED}
