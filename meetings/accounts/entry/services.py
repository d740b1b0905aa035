"""Which passwords are guessed first here: words that everybody tries, in whatever dress."""

from functools import cache
from pathlib import Path

from search_index import fold

WORDS = Path(__file__).with_name("weak_words.txt")
ENOUGH_LETTERS = 5


def is_weak(password: str, *known: str) -> bool:
    """Tell whether little is left of a password without digits, signs, and words all try first.

    No rule about kinds of characters (ASVS 5.0, 6.2): a sentence passes, whatever it is made of.
    `known` are words that a guesser has beside the list: the account's name, the person's.
    """
    rest = "".join(c for c in fold(password) if c.isalpha())
    extra = ("".join(c for c in fold(word) if c.isalpha()) for word in known)
    for word in sorted({*_listed(), *extra}, key=len, reverse=True):
        if word:
            rest = rest.replace(word, "")
    return len(set(rest)) < ENOUGH_LETTERS


@cache
def _listed() -> frozenset[str]:
    return frozenset(WORDS.read_text(encoding="utf-8").split())
