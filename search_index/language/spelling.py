"""Write patterns that a word meets whatever accents it was typed with."""

from collections import defaultdict
from itertools import chain

from search_index.analysis import fold

_RANGES = (range(0xC0, 0x1B1), range(0x1EA0, 0x1EFA))


def _letters() -> dict[str, str]:
    """Return for each plain letter those that are written with it, as NFC has them."""
    groups: dict[str, str] = defaultdict(str)
    for letter in map(chr, chain(*_RANGES)):
        if letter == letter.lower() and letter.isalpha():
            groups[fold(letter)] += letter
    return groups


_LETTERS = _letters()


def any_accents(name: str) -> str:
    """Return a pattern, to be used without regard to case, for a plain name in NFC text."""
    return "".join(
        r"[\s_]?" if letter == " " else f"[{letter}{_LETTERS.get(letter, '')}]" for letter in name
    )


def one_of(names: list[str]) -> str:
    """Return a pattern for any of the plain names, the longest first."""
    return "|".join(any_accents(name) for name in sorted(names, key=len, reverse=True))
