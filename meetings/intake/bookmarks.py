"""Read what a PDF says of its own order: bookmarks and labels of pages; runs in the sandbox."""

import unicodedata
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

import pypdfium2

from meetings.intake.papers import document

MOST = 2000
DEEPEST = 4
LONGEST = 160
LONGEST_LABEL = 12


def read_contents(path: Path) -> dict[str, Any]:
    """Return the bookmarks as page, depth and text, and the labels, if pages have their own."""
    with closing(document(path)) as pdf:
        labels = [_label(pdf.get_page_label(index)) for index in range(len(pdf))]
        own = any(label not in {"", str(number)} for number, label in enumerate(labels, 1))
        return {
            "bookmarks": list(islice(_bookmarks(pdf), MOST)),
            "labels": labels if own else [],
        }


def _bookmarks(pdf: pypdfium2.PdfDocument) -> Iterator[tuple[int, int, str]]:
    for mark in pdf.get_toc(max_depth=DEEPEST):
        place, text = mark.get_dest(), _cleaned(mark.get_title())[:LONGEST]
        index = place.get_index() if place else None
        if index is not None and index < len(pdf) and text:
            yield index + 1, mark.level + 1, text


def _label(text: str) -> str:
    """Return a label, or nothing for one too long to be typed: cut, it would name many pages."""
    label = _cleaned(text)
    return label if len(label) <= LONGEST_LABEL else ""


def _cleaned(text: str) -> str:
    shown = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(unicodedata.normalize("NFC", shown).split())
