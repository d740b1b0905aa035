"""Turn Vietnamese text into the keys that the index and every query share."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

VERSION = 2
"""Raised with every change of a key; an index made by another version is rebuilt."""

_UNSEEN = "\u00ad\u200b-\u200d\ufeff"
_MARKS = "\u0300-\u036f"
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
UNSEEN_OR_MARKS = f"{_MARKS}{_UNSEEN}"
_JUNK = {0xA0: " ", 0xAD: None, 0x200B: None, 0x200C: None, 0x200D: None, 0xFEFF: None}

# Marks and unseen characters belong to the word they stand in, so that the tokens of a text
# that was never cleaned are those of the clean one, at offsets of the text as it is.
TOKEN = rf"\w[\w{UNSEEN_OR_MARKS}]*"
LETTER = rf"[^\W\d_][{UNSEEN_OR_MARKS}]*"

_TOKEN = re.compile(TOKEN)
_ONE_SOUND = re.compile(r"(h|k|l|s|t|qu)y")


class Token(NamedTuple):
    """Hold one word of a text and the half-open range of characters where it stands."""

    text: str
    start: int
    end: int


def clean(text: str) -> str:
    """Return the text in the form that is stored: NFC, plain spaces, no unseen characters."""
    return unicodedata.normalize("NFC", text.translate(_JUNK))


def tokens(text: str) -> Iterator[Token]:
    """Yield the words of a text in order, cleaned, with offsets into the text as given."""
    for match in _TOKEN.finditer(text):
        yield Token(_clean_word(match.group()), *match.span())


def raw_words(text: str) -> list[str]:
    """Return the words of a text in order, as they stand there."""
    found: list[str] = _TOKEN.findall(text)
    return found


def places(text: str) -> list[tuple[int, int]]:
    """Return where each word of a text stands."""
    return [match.span() for match in _TOKEN.finditer(text)]


_clean_word = lru_cache(maxsize=1 << 16)(clean)


def fold(text: str) -> str:
    """Return the text in lower case without accents, đ as d."""
    parts = unicodedata.normalize("NFD", clean(text).lower())
    return "".join(part for part in parts if not unicodedata.combining(part)).replace("đ", "d")


@lru_cache(maxsize=1 << 16)
def fold_key(word: str) -> str:
    """Return the key under which all accents of a word meet; kỳ and kì, quy and qui do too."""
    folded = fold(word)
    return folded[:-1] + "i" if _ONE_SOUND.fullmatch(folded) else folded


@lru_cache(maxsize=1 << 16)
def exact_key(word: str) -> str:
    """Return the key of a word with its accents, wherever the tone was put: hoà is hòa."""
    parts = unicodedata.normalize("NFD", clean(word).lower())
    letters = "".join(part for part in parts if part not in _TONES)
    tones = "".join(part for part in parts if part in _TONES)
    return unicodedata.normalize("NFC", letters) + tones


def pair_keys(folded: Sequence[str]) -> list[str]:
    """Return the keys of neighbouring words, one fewer than there are words."""
    return [f"{left}_{right}" for left, right in pairwise(folded)]
