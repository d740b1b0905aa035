"""Know how a Vietnamese syllable is built, and how it is written with its accents."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import product
from string import ascii_lowercase

_SYLLABLE = re.compile(
    r"(?!.*(?:aa|ee|oo))(?:ngh|ng|gh|gi|kh|nh|ph|qu|th|tr|ch|[bcdghklmnprstvx])?"
    r"[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?"
)
_LETTERS = {"a": "aăâ", "e": "eê", "o": "oôơ", "u": "uư", "d": "dđ"}
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_SHAPED = frozenset("ăâêôơư")
_GLIDE = re.compile(r"(?:qu|gi)(?=[aăâeêioôơuưy])")
_VOWELS = re.compile(r"[aăâeêioôơuưy]+")
_LONGEST = 8
_TRIPLE = 3


def is_syllable(folded: str) -> bool:
    """Tell whether a plain word is built as a syllable."""
    return _SYLLABLE.fullmatch(folded) is not None


def near(folded: str) -> Iterator[str]:
    """Yield the plain syllables that one mistyped, missing, added or exchanged letter makes."""
    if len(folded) > _LONGEST:
        return
    seen = {folded}
    for at in range(len(folded) + 1):
        left, right = folded[:at], folded[at:]
        made = [left + right[1:], left + right[1:2] + right[:1] + right[2:]]
        made += [left + key + rest for key in ascii_lowercase for rest in (right, right[1:])]
        for word in made:
            if word not in seen and is_syllable(word):
                seen.add(word)
                yield word


def written(folded: str) -> Iterator[str]:
    """Yield the ways in which a plain syllable may carry accents, the plain one first."""
    for letters in product(*(_LETTERS.get(letter, letter) for letter in folded)):
        for tone in _TONES:
            yield _toned("".join(letters), tone)


def _toned(letters: str, tone: str) -> str:
    """Put a tone where it is written: on the shaped vowel, else as in hòa, hoàn, khoái."""
    glide = _GLIDE.search(letters)
    vowels = _VOWELS.search(letters, glide.end() if glide else 0)
    if not tone or not vowels:
        return letters
    start, end = vowels.span()
    shaped = [at for at in range(start, end) if letters[at] in _SHAPED]
    if shaped:
        place = shaped[-1]
    elif end < len(letters):
        place = end - 1
    else:
        place = start + (end - start == _TRIPLE)
    return unicodedata.normalize("NFC", letters[: place + 1] + tone + letters[place + 1 :])
