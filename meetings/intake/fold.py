"""Bring a text to what remains of it without case and marks, character for character."""

import unicodedata
from functools import lru_cache

# Letters of other alphabets that keyboards and old fonts leave among Vietnamese ones.
SHARE_OF_CAPITALS = 0.8
_LOOKALIKES = str.maketrans("АВЕКМНОРСТХÐð", "ABEKMHOPCTXĐđ")


def latin(text: str) -> str:
    """Return the text with the letters that only look Latin or Vietnamese replaced by those."""
    return text.translate(_LOOKALIKES)


@lru_cache(maxsize=4096)
def _bare(character: str) -> str:
    if character in "đĐÐð":
        return "d"
    base = unicodedata.normalize("NFD", latin(character))[0].lower()
    return base if len(base) == 1 else character


def fold(text: str) -> str:
    """Return the text in small letters without marks, of the same length."""
    return "".join(map(_bare, text))


def words_of(text: str) -> str:
    """Return the folded words of a text, one space apart, without punctuation at their ends."""
    bare = "".join(c if c.isalnum() or c in "/-." else " " for c in fold(text))
    return " ".join(word for part in bare.split() if (word := part.strip(".-")))


def is_capital(text: str) -> bool:
    """Tell whether the letters of a text are capitals, but for a slip."""
    letters = [character for character in text if character.isalpha()]
    capitals = sum(character.isupper() for character in letters)
    return bool(letters) and capitals >= SHARE_OF_CAPITALS * len(letters)
