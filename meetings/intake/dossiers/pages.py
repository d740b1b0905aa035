"""A page of a scanned dossier as it was read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from meetings.intake.header.lines import Line, lines_of, union
from meetings.intake.page_text import PageText, Source
from meetings.intake.prepared import Word


@dataclass(frozen=True, kw_only=True)
class DossierPage:
    """A page, counted from 1: what was read on it, its size in points, whether it is empty."""

    number: int
    text: str = ""
    words: Sequence[Word] = ()
    width: float = 0.0
    height: float = 0.0
    blank: bool = False

    @cached_property
    def lines(self) -> Sequence[Line]:
        """Return the lines of the page from top to bottom and left to right."""
        read = PageText(
            number=self.number, text=self.text, words=tuple(self.words), source=Source.OCR
        )
        return tuple(lines_of(read))

    @cached_property
    def rows(self) -> Sequence[Line]:
        """Return the lines with those that stand side by side as one: a lost word leaves a gap."""
        return tuple(
            _joined(list(row)) for _, row in groupby(self.lines, key=lambda line: line.row)
        )


def _joined(row: Sequence[Line]) -> Line:
    if len(row) == 1:
        return row[0]
    text = " ".join(line.text for line in row)
    return replace(row[0], text=text, box=union(line.box for line in row))
