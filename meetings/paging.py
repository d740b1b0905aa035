"""Long lists in pages; past the last page there is the last one, for lists grow shorter too."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")
ROWS = 50


@dataclass(frozen=True)
class Leaf(Generic[Row]):
    """One page of a list: its rows, its number among the pages, and how many rows there are."""

    rows: Sequence[Row]
    page: int
    pages: int
    total: int


def place(total: int, page: int, size: int = ROWS) -> tuple[int, int]:
    """Return the page to show, counted from one, and the number of pages."""
    pages = max(1, -(-total // size))
    return min(max(page, 1), pages), pages


def leaf(rows: Sequence[Row], page: int, size: int = ROWS) -> Leaf[Row]:
    """Return one page of a list that is at hand."""
    page, pages = place(len(rows), page, size)
    return Leaf(rows[(page - 1) * size : page * size], page, pages, len(rows))
