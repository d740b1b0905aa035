"""How far the text of a page can be trusted, and whether its picture must be read instead."""

import unicodedata
from collections.abc import Callable
from functools import lru_cache

from meetings.intake.signature_debris import without_debris
from meetings.intake.syllables import is_syllable, words_of

ENOUGH = 200  # characters; the stamps of signatures have 80 to 190
TRUSTED = 0.6  # share of syllables; text in old encodings has half of it
FEW = 3  # words that are too few to judge


@lru_cache(maxsize=2)  # who asks whether to recognise a page asks once more how good it is
def quality(text: str) -> float:
    """Return the share of a text that reads as Vietnamese, from 0 to 1.

    Foreign words and abbreviations count against it, so good pages have 0.85 and more.
    """
    words = words_of(text)
    if len(words) < FEW:
        return 0.0
    good = sum(map(is_syllable, words))
    odd = sum(map(text.count, filter(_is_odd, set(text))))
    return max(0.0, good / len(words) - odd / len(text))


def needs_recognition(text: str, *, ink: Callable[[], float]) -> bool:
    """Tell whether a page shows more, by the share of it that has ink, than its text says.

    Ink is looked for only where there is little text.
    """
    body = without_debris(text).strip()
    if len(body) < ENOUGH:
        return ink() > len(body) / ENOUGH * _INK_OF_TEXT + _BLANK
    return quality(body) < TRUSTED


_BLANK = 0.01  # of the cells of a page; dust and a scanner's edge
_INK_OF_TEXT = 0.15  # of the cells, for the most text that is not enough


@lru_cache(maxsize=4096)
def _is_odd(character: str) -> bool:
    return character == "\ufffd" or unicodedata.category(character) in {"Co", "Cn", "Cs"}
