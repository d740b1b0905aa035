"""The day a paper bears: in its head, or above its signature."""

import datetime as dt
from collections.abc import Sequence

from meetings.intake.dossiers.pages import DossierPage
from meetings.intake.header.head import find_date
from meetings.intake.header.lines import Line

HEAD = 0.4
EARLIEST, LATEST = 1930, 2100


def dated(pages: Sequence[DossierPage]) -> dt.date | None:
    """Return the day of a paper: of its head where there is one, else the last it names."""
    head = [line for line in pages[0].lines if line.box.y < HEAD]
    if day := _day(head):
        return day
    for page in reversed(pages):
        if day := _day(page.lines[::-1]):
            return day
    return None


def _day(lines: Sequence[Line]) -> dt.date | None:
    for line in lines:
        found = None if "sinh" in line.folded else find_date([line])
        if found and found[1] and EARLIEST <= found[1].year < LATEST:
            return found[1]
    return None
