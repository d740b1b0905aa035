"""What a PDF says of its own order, as a child read it; asked from outside."""

import unicodedata
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from meetings.intake import sandbox
from meetings.intake.verdict import DEFAULT, Limits

DIGITS = 9


class Bookmark(NamedTuple):
    """A bookmark, to which page it leads, and how deep it lies: 1 at the top."""

    page: int
    depth: int
    text: str


@dataclass(frozen=True)
class Contents:
    """The bookmarks of a PDF, and the printed numbers of its pages if they have their own."""

    bookmarks: tuple[Bookmark, ...] = ()
    labels: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the contents as JSON's own types."""
        return {"bookmarks": [list(mark) for mark in self.bookmarks], "labels": list(self.labels)}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> "Contents":
        """Read contents back; raise ValueError for anything that is none."""
        try:
            marks = [
                Bookmark(int(page), int(depth), str(text))
                for page, depth, text in values["bookmarks"]
            ]
            return cls(tuple(marks), tuple(map(str, values["labels"])))
        except (KeyError, TypeError, OverflowError) as error:
            message = f"no contents: {error!r}"
            raise ValueError(message) from error

    def number_of(self, typed: str) -> int | None:
        """Return the page that somebody means: the one labelled so, else the one of that number.

        Where a paper has both i and I, each is found as it is written.
        """
        said = unicodedata.normalize("NFC", typed)
        if said in self.labels:
            return self.labels.index(said) + 1
        folded = [label.casefold() for label in self.labels]
        if said.casefold() in folded:
            return folded.index(said.casefold()) + 1
        return number_in(said)


def number_in(typed: str) -> int | None:
    """Return the number that was typed, of no more digits than a page may have."""
    digits = typed.removeprefix("-")
    return int(typed) if digits.isdecimal() and len(digits) <= DIGITS else None


def contents_of(path: Path, limits: Limits = DEFAULT) -> Contents:
    """Return what a PDF says of its order; nothing where a child could not read it."""
    with closing(sandbox.run("contents", path, limits=limits)) as answers:
        try:
            return Contents.from_json(next(answers, {}))
        except ValueError:
            return Contents()
