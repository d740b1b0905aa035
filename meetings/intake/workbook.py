"""The rows of a list that somebody sent, read in the sandbox."""

from contextlib import closing
from pathlib import Path

from meetings.intake import sandbox
from meetings.intake.verdict import DEFAULT, Limits


def workbook_rows(path: Path, limits: Limits = DEFAULT) -> list[list[str]]:
    """Return the rows of the first sheet of a workbook; none of what is no workbook."""
    return _rows("rows", path, limits)


def table_rows(path: Path, limits: Limits = DEFAULT) -> list[list[str]]:
    """Return the rows of a workbook or of a text in columns; none of what is neither."""
    return _rows("table", path, limits)


def _rows(task: str, path: Path, limits: Limits) -> list[list[str]]:
    rows: list[list[str]] = []
    with closing(sandbox.run(task, path, limits=limits)) as answers:
        for answer in answers:
            if "reason" in answer:
                return []
            rows.append(answer["row"])
    return rows
