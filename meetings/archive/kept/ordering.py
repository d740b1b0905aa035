"""The orders in which documents are listed where none answers better than another."""

from enum import StrEnum

import numpy as np

from meetings.archive.kept.shelf import Rows, Shelf

_LATER = 100_000_000
"""More than any day as yyyymmdd."""


class Sort(StrEnum):
    """What stands first in a list."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"
    NUMBER = "number"


def worths(shelf: Shelf, sort: Sort) -> Rows:
    """Return a number for each document, the greater the earlier it stands.

    What has no day, or no number, comes last; of one number the newest comes first.
    """
    days = shelf.days.astype(np.int64)
    match sort:
        case Sort.OLDEST:
            return np.where(days > 0, -days, -_LATER)
        case Sort.NUMBER:
            numbers = shelf.numbers.astype(np.int64)
            return np.where(numbers > 0, -numbers * _LATER, np.int64(-1 << 60)) + days
        case _:
            return days


def first(shelf: Shelf, rows: Rows, sort: Sort, count: int) -> Rows:
    """Return the first of some documents in order; of what is alike the last id comes first."""
    worth = worths(shelf, sort)[rows]
    if count < len(rows):
        least = np.partition(worth, -count)[-count]
        rows, worth = rows[worth >= least], worth[worth >= least]
    names = [shelf.names.texts[row] for row in rows.tolist()]
    order = sorted(range(len(names)), key=lambda at: (worth[at], names[at]), reverse=True)
    return rows[order[:count]]
