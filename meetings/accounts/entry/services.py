"""Which passwords are guessed first here: words that everybody tries, in whatever dress."""

from functools import cache
from pathlib import Path

from search_index import fold

WORDS, COMMON = (Path(__file__).with_name(f"{kind}_words.txt") for kind in ("weak", "common"))
ENOUGH_LETTERS = 5


def is_weak(password: str, *known: str) -> bool:
    """Tell whether little is left of a password without digits, signs, and words all try first.

    No rule about kinds of characters (ASVS 5.0, 6.2): a sentence passes, whatever it is made of.
    `known` are words that a guesser has beside the list: the account's name, the person's.
    """
    rest = _letters(password)
    if is_common(rest):
        return True
    for word in sorted({*_listed(), *map(_letters, known)}, key=len, reverse=True):
        if word:
            rest = rest.replace(word, "")
    return len(set(rest)) < ENOUGH_LETTERS


def is_common(letters: str) -> bool:
    """Tell whether letters are a password that leaked from many people, or two of them."""
    known = _common()
    halves = ((letters[:end], letters[end:]) for end in range(1, len(letters)))
    return letters in known or any(one in known and other in known for one, other in halves)


def _letters(text: str) -> str:
    return "".join(c for c in fold(text) if c.isalpha())


@cache
def _listed() -> frozenset[str]:
    return frozenset(WORDS.read_text(encoding="utf-8").split())


@cache
def _common() -> frozenset[str]:
    return frozenset(COMMON.read_text(encoding="utf-8").split())
