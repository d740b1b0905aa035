"""Gather the paragraphs of a paper's pages, without what only belongs to the page."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_PAGE_NUMBER = re.compile(r"(?:trang |page |[-–] ?)?\d{1,4}(?:/\d{1,4}| ?[-–])?", re.IGNORECASE)
_STARTS = re.compile(r"(?:[-–+•*]|\d{1,3}(?:\.\d{1,3}){0,3}[.)]|[a-zđ]\)|[IVX]{1,5}[.)]|Điều \d)")
_ENDS = (".", ";", ":", "!", "?", "./.")
REPEATED = 3  # pages on which a first line stands before it counts as a running head


@dataclass(frozen=True)
class Paragraph:
    """A paragraph as its words, and the page on which it starts."""

    page: int
    words: tuple[str, ...]


def paragraphs(pages: Sequence[str]) -> list[Paragraph]:
    """Return the paragraphs of all pages; one that a page break cuts stays one."""
    heads = Counter(lines[0] for page in pages if (lines := _lines(page)))
    gathered: list[tuple[int, list[str]]] = []
    is_open = False
    for number, page in enumerate(pages, 1):
        lines = _lines(page)
        if lines and heads[lines[0]] >= REPEATED:
            lines = lines[1:]
        for line in lines:
            if is_open and not _STARTS.match(line):
                gathered[-1][1].extend(line.split())
            else:
                gathered.append((number, line.split()))
            is_open = not line.endswith(_ENDS)
    return [Paragraph(page, tuple(words)) for page, words in gathered]


def _lines(page: str) -> list[str]:
    lines = [stripped for line in page.splitlines() if (stripped := " ".join(line.split()))]
    for edge in (0, -1):
        if lines and _PAGE_NUMBER.fullmatch(lines[edge]):
            del lines[edge]
    return lines
