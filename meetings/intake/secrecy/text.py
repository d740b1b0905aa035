"""Find a mark of secrecy in the text of a document's pages."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from meetings.intake.fold import fold
from meetings.intake.page_text import PageText
from meetings.intake.prepared import WHOLE_PAGE, Box, Word
from meetings.intake.secrecy.finding import Finding, Level
from meetings.intake.secrecy.marks import composed, declared, follows_on, leads_on, marks

UPPER_LINES = 25  # of a first page, among which a mark may stand beside other words
UPPER = 0.45  # of the page's height
NEAR = 4  # lines; different levels so near are a list of them
COLUMN = 1.5  # times a word's height; words so far apart are not of one sentence
ABOUT_STAMPS = re.compile(r"mau (?:con )?dau|hinh thuc (?:con )?dau")


class _Hit(NamedTuple):
    line: int
    level: Level
    confidence: float


def secrecy_in_text(pages: Sequence[PageText]) -> Finding | None:
    """Return the surest mark of secrecy on the pages, if they bear any."""
    found = [finding for page in pages for finding in _on_page(page)]
    return max(found, key=lambda finding: (finding.confidence, finding.level), default=None)


def _on_page(page: PageText) -> Iterator[Finding]:
    lines = [line for line in map(composed, page.text.splitlines()) if line]
    hits = [hit for hit in _hits(page, lines) if not _is_split(lines, hit)]
    listed = {
        hit
        for hit in hits
        for other in hits
        if hit.level != other.level and abs(hit.line - other.line) <= NEAR
    }
    for hit in hits:
        if hit not in listed:
            yield Finding(
                level=_upgraded(lines, hit),
                page=page.number,
                box=_box(page.words),
                confidence=hit.confidence,
            )
    if not hits and page.number == 1:
        yield from _in_columns(page)


def _hits(page: PageText, lines: Sequence[str]) -> Iterator[_Hit]:
    about_stamps = bool(ABOUT_STAMPS.search(fold(page.text)))
    for index, line in enumerate(lines):
        upper = page.number == 1 and index < UPPER_LINES
        level = declared(line) if upper else None
        if level:
            yield _Hit(index, level, 0.9)
            continue
        for mark in marks(line):
            if (upper or not about_stamps) and (upper or mark.alone):
                yield _Hit(index, mark.level, (1.0 if mark.alone else 0.9) if upper else 0.8)


def _is_split(lines: Sequence[str], hit: _Hit) -> bool:
    """Tell whether a word of secrecy stands alone only because a sentence was broken there."""
    before = lines[hit.line - 1] if hit.line else ""
    after = lines[hit.line + 1] if hit.line + 1 < len(lines) else ""
    return leads_on(before) or follows_on(after)


def _upgraded(lines: Sequence[str], hit: _Hit) -> Level:
    """Return the level of a mark whose first word stands on the line before."""
    before = fold(lines[hit.line - 1]) if hit.line else ""
    if hit.level is Level.S1 and before.endswith(("tuyet", "toi")):
        return Level.S3 if before.endswith("tuyet") else Level.S2
    return hit.level


def _in_columns(page: PageText) -> Iterator[Finding]:
    """Yield marks that stand apart from the words left and right of them, high on the page."""
    for index, word in enumerate(page.words):
        pair = page.words[index - 1 : index + 1] if index else (word,)
        for group in (pair, (word,)):
            found = next(marks(" ".join(part.text for part in group)), None)
            start = index + 1 - len(group)
            if found and word.y < UPPER and _apart(page.words, start, index):
                yield Finding(
                    level=found.level, page=page.number, box=_around(group), confidence=0.9
                )
                break


def _apart(words: Sequence[Word], start: int, end: int) -> bool:
    first, last = words[start], words[end]
    wide = COLUMN * first.h
    for other in (*words[max(0, start - 1) : start], *words[end + 1 : end + 2]):
        level = abs(other.y - first.y) < first.h
        near = other.x < last.x + last.w + wide and other.x + other.w > first.x - wide
        if level and near:
            return False
    return True


def _box(words: Sequence[Word]) -> Box:
    found = (word for word in words if next(marks(word.text), None))
    word = next(found, None)
    return _around((word,)) if word else WHOLE_PAGE


def _around(words: Sequence[Word]) -> Box:
    left, top = min(word.x for word in words), min(word.y for word in words)
    right = max(word.x + word.w for word in words)
    bottom = max(word.y + word.h for word in words)
    return Box(left, top, round(right - left, 4), round(bottom - top, 4))
