"""Find a phrase in a text that was read with slips."""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from meetings.intake.fold import fold

LETTERS_A_SLIP = 6  # of a phrase, for which one slip is forgiven
GRAM = 3
_LOOKS_LIKE = str.maketrans("0156|!", "oisgii")


class Hit(NamedTuple):
    """Where a phrase ends in a text, and how many letters differ."""

    end: int
    slips: int


@lru_cache(maxsize=8192)
def bare(text: str) -> str:
    """Return the folded letters and digits of a text with nothing between them."""
    return "".join(filter(str.isalnum, fold(text)))


def letters(text: str) -> str:
    """Return what is left of a text when digits that look like letters are taken for these."""
    return bare(text).translate(_LOOKS_LIKE)


def forgiven(phrase: str) -> int:
    """Return how many slips a phrase may have."""
    return len(phrase) // LETTERS_A_SLIP


def grams(text: str) -> frozenset[str]:
    """Return all runs of three letters in a text."""
    return frozenset(text[at : at + GRAM] for at in range(len(text) - GRAM + 1))


@lru_cache(maxsize=2048)
def _parts(phrase: str) -> frozenset[str]:
    return grams(phrase)


def find(phrase: str, text: str, within: frozenset[str], most: int | None = None) -> Hit | None:
    """Return the best place of a phrase in a text, both bare; `within` are the text's grams."""
    most = forgiven(phrase) if most is None else most
    parts = _parts(phrase)
    if len(parts & within) < len(parts) - GRAM * most:
        return None
    exact = text.find(phrase)
    if exact >= 0:
        return Hit(exact + len(phrase), 0)
    return _nearest(phrase, text, most) if most else None


@lru_cache(maxsize=2048)
def _places(phrase: str) -> Mapping[str, int]:
    places: dict[str, int] = {}
    for at, letter in enumerate(phrase):
        places[letter] = places.get(letter, 0) | 1 << at
    return places


def _nearest(phrase: str, text: str, most: int) -> Hit | None:
    """Return where the phrase ends with the fewest slips: Myers' columns of bits."""
    places, last = _places(phrase), 1 << (len(phrase) - 1)
    every = (last << 1) - 1
    more, fewer, slips = every, 0, len(phrase)
    best: Hit | None = None
    for at, letter in enumerate(text, 1):
        same = places.get(letter, 0)
        across = (((same & more) + more) ^ more) | same
        up = fewer | (every & ~(across | more))
        down = more & across
        slips += bool(up & last) - bool(down & last)
        up, down = (up << 1) & every, (down << 1) & every
        straight = same | fewer
        more = down | (every & ~(straight | up))
        fewer = up & straight
        if slips <= most and (best is None or slips < best.slips):
            best = Hit(at, slips)
    return best
