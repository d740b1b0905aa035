"""Pages of dossiers by their lines: in the middle, in two columns, or from the left."""

import pytest

from meetings.intake.dossiers import DossierPage
from meetings.intake.prepared import Word

LETTER, GAP = 0.011, 0.01
LEFT, RIGHT, INDENT = 0.28, 0.72, 0.12


def words_of(text: str, x: float, y: float) -> list[Word]:
    words = []
    for part in text.split():
        wide = LETTER * len(part)
        words.append(Word(part, round(x, 4), y, round(wide, 4), 0.014))
        x += wide + GAP
    return words


def width_of(text: str) -> float:
    return sum(LETTER * len(part) + GAP for part in text.split()) - GAP


def set_lines(lines, y: float = 0.05) -> list[Word]:
    """Return the words of lines: `a | b` stands in columns, `=a` in the middle, `~` skips."""
    words: list[Word] = []
    for line in lines:
        if " | " in line:
            for part, middle in zip(line.split(" | "), (LEFT, RIGHT), strict=True):
                words += words_of(part, max(0.03, middle - width_of(part) / 2), y)
        elif line.startswith("="):
            words += words_of(line[1:], 0.5 - width_of(line[1:]) / 2, y)
        elif line.startswith("~"):
            y += float(line[1:])
        else:
            words += words_of(line, INDENT, y)
        y += 0.025
    return words


@pytest.fixture(scope="session")
def sheet():
    """Return what makes a page of lines."""

    def make(*lines: str, number: int = 1, size=(595.0, 842.0), blank: bool = False):
        return DossierPage(
            number=number,
            text="\n".join(line.strip("=~") for line in lines),
            words=set_lines(lines),
            width=size[0],
            height=size[1],
            blank=blank,
        )

    return make


@pytest.fixture(scope="session")
def bundle(sheet):
    """Return what makes the pages of a dossier, numbered as they lie."""

    def make(*pages):
        return [
            sheet(*(page if isinstance(page, list | tuple) else [page]), number=number)
            if page
            else sheet(number=number, blank=True)
            for number, page in enumerate(pages, 1)
        ]

    return make
