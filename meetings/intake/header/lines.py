"""Rebuild the lines of a page from where its words stand."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from meetings.intake.fold import fold, words_of
from meetings.intake.page_text import PageText, Source
from meetings.intake.prepared import Box, Word

MOST_WORDS = 1500
_GAP = 0.024
_COLUMN_GAP = re.compile(r" {3,}|\t+|\|")
_COLUMNS = 100


@dataclass(frozen=True)
class Line:
    """A run of words without a gap of a column between them."""

    text: str
    box: Box
    page: int
    row: int
    words: tuple[Word, ...] = ()
    scanned: bool = False

    @property
    def right(self) -> float:
        """Return where the line ends."""
        return self.box.x + self.box.w

    @property
    def middle(self) -> float:
        """Return the middle of the line from left to right."""
        return self.box.x + self.box.w / 2

    @property
    def folded(self) -> str:
        """Return the text without case and marks, of the same length."""
        return fold(self.text)

    @property
    def plain(self) -> str:
        """Return the folded words, one space apart."""
        return words_of(self.text)


def lines_of(page: PageText) -> list[Line]:
    """Return the lines of a page from top to bottom and left to right."""
    if not page.words:
        return list(_from_text(page))
    scanned = page.source is Source.OCR
    lines: list[Line] = []
    for number, row in enumerate(_rows(page.words[:MOST_WORDS])):
        lines.extend(
            make_line(piece, page.number, number, scanned=scanned) for piece in _pieces(row)
        )
    return lines


def make_line(words: Sequence[Word], page: int, row: int, *, scanned: bool) -> Line:
    """Return the line that these words make."""
    text = " ".join(word.text for word in words)
    return Line(text, union(words), page, row, tuple(words), scanned)


def union(boxes: Iterable[Word | Box]) -> Box:
    """Return the smallest box around all of these."""
    sides = [(box.x, box.y, box.x + box.w, box.y + box.h) for box in boxes]
    left, top = min(side[0] for side in sides), min(side[1] for side in sides)
    right, bottom = max(side[2] for side in sides), max(side[3] for side in sides)
    return Box(*(round(part, 4) for part in (left, top, right - left, bottom - top)))


def is_rule(text: str) -> bool:
    """Tell whether a line is only a drawn rule, an asterisk, or nothing that is said."""
    return not any(character.isalnum() for character in text)


def _rows(words: Sequence[Word]) -> list[list[Word]]:
    """Follow each line from word to word, so that a slanting one stays one."""
    tallest = 1.5 * median(word.h for word in words)
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.x):
        best, distance = None, 1.0
        for row in rows:
            last = row[-1]
            away = abs(_centre(last) - _centre(word))
            if away < 0.5 * min(max(last.h, word.h), tallest) and away < distance:
                best, distance = row, away
        if best is None:
            rows.append([word])
        else:
            best.append(word)
    return sorted(rows, key=lambda row: sum(map(_centre, row)) / len(row))


def _centre(word: Word) -> float:
    return word.y + word.h / 2


def _pieces(row: Sequence[Word]) -> Iterable[list[Word]]:
    piece = [row[0]]
    for word in row[1:]:
        if word.x - (piece[-1].x + piece[-1].w) > _GAP:
            yield piece
            piece = []
        piece.append(word)
    yield piece


def _from_text(page: PageText) -> Iterable[Line]:
    rows = page.text.splitlines()
    for number, row in enumerate(rows):
        position = 0
        text = row.rstrip()
        for part in _COLUMN_GAP.split(text):
            start = text.index(part, position)
            position = start + len(part)
            if part.strip(" |"):
                box = Box(
                    min(start / _COLUMNS, 1.0),
                    number / len(rows),
                    min(len(part) / _COLUMNS, 1.0),
                    0.6 / len(rows),
                )
                yield Line(part.strip(" |"), box, page.number, number)
