"""What a clerk may order done to the pages of scans: cut, join, turn, move, drop."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

TURN = 90
FULL_TURN = 360


@dataclass(frozen=True)
class PlacedPage:
    """A page of a source, both counted from 1, turned clockwise by so many degrees."""

    source: int
    number: int
    turned: int = 0


Pages = tuple[PlacedPage, ...]


@dataclass(frozen=True)
class Keep:
    """Keep only these ranges of pages, first and last, in the order named."""

    ranges: tuple[tuple[int, int], ...]

    def edited(self, pages: Pages, _counts: Sequence[int]) -> Pages:
        """Return the pages that are kept."""
        return tuple(
            pages[number - 1]
            for first, last in self.ranges
            for number in _known(range(first, last + 1), pages)
        )


@dataclass(frozen=True)
class Join:
    """Put all pages of another source after the last page."""

    source: int

    def edited(self, pages: Pages, counts: Sequence[int]) -> Pages:
        """Return the pages with those of the source."""
        if not 1 <= self.source <= len(counts):
            message = f"there is no source {self.source}"
            raise ValueError(message)
        return pages + whole(self.source, counts)


@dataclass(frozen=True)
class Rotate:
    """Turn some pages clockwise by degrees, a multiple of 90."""

    numbers: tuple[int, ...]
    degrees: int

    def edited(self, pages: Pages, _counts: Sequence[int]) -> Pages:
        """Return the pages with these turned."""
        if self.degrees % TURN:
            message = f"pages do not turn by {self.degrees} degrees"
            raise ValueError(message)
        turned = set(_known(self.numbers, pages))
        return tuple(
            PlacedPage(page.source, page.number, (page.turned + self.degrees) % FULL_TURN)
            if number in turned
            else page
            for number, page in enumerate(pages, 1)
        )


@dataclass(frozen=True)
class Reorder:
    """Put the pages in another order: each number once."""

    numbers: tuple[int, ...]

    def edited(self, pages: Pages, _counts: Sequence[int]) -> Pages:
        """Return the pages in the order named."""
        if sorted(self.numbers) != list(range(1, len(pages) + 1)):
            message = "an order names each page once"
            raise ValueError(message)
        return tuple(pages[number - 1] for number in self.numbers)


@dataclass(frozen=True)
class Drop:
    """Leave some pages out."""

    numbers: tuple[int, ...]

    def edited(self, pages: Pages, _counts: Sequence[int]) -> Pages:
        """Return the pages that stay."""
        dropped = set(_known(self.numbers, pages))
        return tuple(page for number, page in enumerate(pages, 1) if number not in dropped)


Edit = Keep | Join | Rotate | Reorder | Drop
KINDS: dict[str, type[Any]] = {
    kind.__name__.lower(): kind for kind in (Keep, Join, Rotate, Reorder, Drop)
}


def edited(counts: Sequence[int], edits: Iterable[Edit], most: int = 3000) -> Pages:
    """Return the pages that edits make of the first source; raise ValueError for what cannot be.

    Counts are the numbers of pages of the sources. At least one page is left, at most so many.
    """
    pages = whole(1, counts)
    for edit in edits:
        pages = edit.edited(pages, counts)
        if not 1 <= len(pages) <= most:
            message = f"{len(pages)} pages would be left"
            raise ValueError(message)
    return pages


def whole(source: int, counts: Sequence[int]) -> Pages:
    """Return all pages of a source."""
    return tuple(PlacedPage(source, number) for number in range(1, counts[source - 1] + 1))


def to_json(edit: Edit) -> dict[str, Any]:
    """Return an edit as JSON's own types."""
    return {"kind": type(edit).__name__.lower(), **vars(edit)}


def from_json(values: Mapping[str, Any]) -> Edit:
    """Read an edit back; raise ValueError for anything that is none."""
    given = {name: _whole_numbers(value) for name, value in values.items() if name != "kind"}
    try:
        edit: Edit = KINDS[values["kind"]](**given)
    except (KeyError, TypeError) as error:
        message = f"not an edit: {error!r}"
        raise ValueError(message) from error
    return edit


def _whole_numbers(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return tuple(map(_whole_numbers, value))
    return int(value)


def _known(numbers: Sequence[int], pages: Pages) -> Sequence[int]:
    """Return page numbers that are there; raise ValueError for any other, or for none."""
    if not numbers or min(numbers) < 1 or max(numbers) > len(pages):
        message = f"there are no pages {numbers!r} among {len(pages)}"
        raise ValueError(message)
    return numbers
