"""Say what a document seems to do to one that it cites, from the words before the citation."""

import re
import unicodedata
from collections.abc import Sequence

from meetings.intake.citations.citation import Citation
from meetings.intake.fold import fold

CITES = "cites"
BEFORE = 90
"""Characters before a citation in which its verb stands, if it has one."""
CLUES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("replaces", re.compile(r"\bthay the\b")),
    ("repeals", re.compile(r"\b(?:bai bo|huy bo)\b")),
    ("suspends", re.compile(r"\b(?:tam dung|tam ngung|ngung hieu luc)\b")),
    ("amends", re.compile(r"\b(?:sua doi|bo sung)\b")),
    ("reviews", re.compile(r"\b(?:so ket|tong ket)\b")),
    ("implements", re.compile(r"\b(?:thuc hien|trien khai|quan triet|cu the hoa)\b")),
)
STRENGTH = {kind: place for place, (kind, _) in enumerate(CLUES)} | {CITES: len(CLUES)}
_END = re.compile(r"[.;:!?]\s|\n\s*\n")


def clues_of(text: str, citations: Sequence[Citation]) -> list[str]:
    """Return what each citation is about, in their order; the strongest word before it counts.

    What another document does is not what this one does: words between two citations that
    begin right after the first one speak of that one.
    """
    folded = fold(unicodedata.normalize("NFC", text))
    found, ended = [], 0
    for citation in citations:
        start = max(citation.start - BEFORE, ended)
        found.append(_clue(_sentence(folded[start : citation.start]), follows=start == ended > 0))
        ended = citation.end
    return found


def _sentence(before: str) -> str:
    """Return what stands in the citation's own sentence."""
    last = 0
    for end in _END.finditer(before):
        last = end.end()
    return before[last:]


def _clue(before: str, *, follows: bool) -> str:
    for kind, pattern in CLUES:
        match = pattern.search(before)
        if match and not (follows and match.start() <= 1):
            return kind
    return CITES
