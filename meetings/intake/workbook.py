"""The rows of a workbook that somebody sent, read in the sandbox."""

from contextlib import closing
from pathlib import Path

from meetings.intake import sandbox
from meetings.intake.verdict import DEFAULT, Limits


def workbook_rows(path: Path, limits: Limits = DEFAULT) -> list[list[str]]:
    """Return the rows of the first sheet of a workbook; none of what is no workbook."""
    with closing(sandbox.run("rows", path, limits=limits)) as answers:
        return [answer["row"] for answer in answers if "row" in answer]
