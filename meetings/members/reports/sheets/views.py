"""The pictures of a report, and its files."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response, abort, request

from meetings.members.reports.sheets.services import Part, Report, document, figure, workbook
from meetings.models import Body
from meetings.web.exports import letter_file, list_file

ENDINGS = ("docx", "pdf", "xlsx")
LENGTH, ROW = 340, 40
"""The longest bar of a picture, and the height of a row."""
LETTERS = 34


@dataclass(frozen=True)
class Bar:
    """A row of a picture: its words, its number, where it stands and how long it is."""

    label: str
    count: str
    y: int
    width: int


def bars(part: Part) -> list[Bar]:
    """Return the picture of a table, without its sums."""
    rows = [row for row in part.rows if not row.total]
    most = max((row.figures[0] for row in rows), default=0) or 1
    return [
        Bar(
            row.label if len(row.label) <= LETTERS else f"{row.label[: LETTERS - 1].rstrip()}…",
            figure(row.figures[0]),
            ROW * place,
            LENGTH * row.figures[0] // most,
        )
        for place, row in enumerate(rows)
    ]


def report_file(report: Report, body: Body, name: str) -> Response:
    """Return a report as a file of the format that the address asks for."""
    ending = request.args.get("format", "")
    if ending not in ENDINGS:
        abort(404)
    if ending == "xlsx":
        return list_file(workbook(report, body), name)
    return letter_file(document(report, body), name)


SHOWN: Mapping[str, object] = {"bars": bars, "figure": figure, "endings": ENDINGS}
"""What the page of a report draws with."""
