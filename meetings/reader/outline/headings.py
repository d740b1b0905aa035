"""Which lines of a page are headings, as Party and State documents write them."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

LONGEST = 160
DEEPEST = 3
SHORT = 75
"""Characters of a numbered line that is taken for a heading, not for a sentence that goes on."""

_PART = re.compile(
    r"(phần|chương|phụ lục)\s+(thứ\s+\w+|(số\s+)?([ivxlc]+\b|\d+|[a-z]\b))|phụ lục\b",
    re.IGNORECASE,
)
_SECTION = re.compile(r"mục\s+([ivx]+|\d+)\b|điều\s+\d+[a-zđ]?\s*[.:]", re.IGNORECASE)
_ROMAN = re.compile(r"[IVX]{1,5}\s*[.\-–/)]\s*[^\W\d_]{2}")
_LETTER = re.compile(r"[A-EĐ]\s*[.\-–]\s*[^\W\d_]{2}")
_NUMBERED = re.compile(r"\d{1,2}(\.\d{1,2})*\s*[.)]\s+[^\W\d_]")
_CONTENTS = re.compile(r"\.{4,}|…{2,}|(\s\.){4,}")
_SENTENCE = re.compile(r"[.;:,]$|[.;]\s")


class Heading(NamedTuple):
    """A heading, on which page it stands, and how deep: 1 for parts, 2 for sections, 3 below."""

    page: int
    depth: int
    text: str


def headings_of(pages: Sequence[tuple[int, str]]) -> Iterator[Heading]:
    """Yield the headings of some pages, given by number and text."""
    for number, text in pages:
        lines = [" ".join(line.split()) for line in text.splitlines()]
        lines = [line for line in lines if line]
        if sum(bool(_CONTENTS.search(line)) for line in lines) > len(lines) / 3:
            continue  # a list of contents
        for place, line in enumerate(lines):
            depth, following = depth_of(line), lines[place + 1 : place + 3]
            if depth and not (depth == DEEPEST and _goes_on(following)):
                yield Heading(number, depth, _whole(line, following))


def depth_of(line: str) -> int:
    """Return how deep a heading is that stands in a line; 0 for what is none."""
    if _CONTENTS.search(line) or len(line) > LONGEST:
        return 0
    if (found := _PART.match(line)) and _names(line[found.end() :], found[0]):
        return 1
    if (_ROMAN.match(line) or _LETTER.match(line)) and _stands_alone(line):
        return 1
    if (found := _SECTION.match(line)) and _names(line[found.end() :], found[0]):
        return 2
    return DEEPEST if _NUMBERED.match(line) and len(line) <= SHORT and _stands_alone(line) else 0


def _names(rest: str, start: str) -> bool:
    """Tell a heading from a sentence that speaks of one: "Chương II nêu rõ"."""
    following = rest.lstrip(" .:-–)")
    named = rest.lstrip().startswith((":", ".")) or not following or following[0].isupper()
    return start[0].isupper() and named


def _stands_alone(line: str) -> bool:
    """Tell whether a line is no sentence, or is written in capitals."""
    words = line.partition(" ")[2] or line
    return words.isupper() or (not _SENTENCE.search(words) and len(line) <= SHORT)


def _goes_on(following: Sequence[str]) -> bool:
    """Tell whether a numbered line was the first of a sentence."""
    return bool(following) and following[0][0].islower()


def _whole(line: str, following: Sequence[str]) -> str:
    """Return a heading with its next lines: what names a bare number, or goes on in capitals."""
    whole = line
    for number, one in enumerate(following):
        bare = number == 0 and bool(_PART.fullmatch(line.rstrip(" .:")))
        capitals = one.isupper() and (bare or line.partition(" ")[2].isupper())
        if not (bare or capitals) or depth_of(one) or len(whole) + len(one) >= LONGEST:
            break
        whole = f"{whole} {one}"
    return whole
