"""Recognise document numbers such as 436-KL/TU, however they are written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from search_index.analysis import LETTER, fold

_DASH = "[-\u2010\u2011\u2013/]"
_GROUP = rf"(?:{LETTER}){{1,16}}\d{{0,3}}"
_LATER = rf"(?:{_DASH}|\.){_GROUP}"

# Spaces are read at the first dash only: after a later one a new sentence may begin. A dash with
# a space before it alone is no dash of a number; in a query it refuses the next word.
NUMBER = (
    r"(?<![\w/.-])[0-9]{1,5}(?:\.[0-9]{1,3})?(?:\s?/[0-9]{4})?"
    rf"(?:(?:{_DASH}\s?|\s{_DASH}\s){_GROUP}|{_GROUP}(?={_LATER}))(?:{_LATER}){{0,8}}(?!\w)"
)
YEARLY = r"(?<![\w/.-])[0-9]{1,5}/[0-9]{4}(?![\w/])"
LOOSE = (
    r"\W*(?i:s[ốo]\W+)?[0-9]{1,5}"
    rf"(?:\W+[0-9]{{4}}(?:\W+{_GROUP}){{0,4}}|(?:\W+{_GROUP}){{1,4}})\W*"
)

_NUMBER = re.compile(NUMBER)
_SAID = re.compile(r"\W*so\W+")
_SEPARATORS = re.compile(r"[^a-z0-9]+")

# Real documents hold Cyrillic letters that look like Latin ones and were typed by mistake.
_LOOK_ALIKES = str.maketrans("авекмнорстух", "abekmhopctyx")


@dataclass(frozen=True, slots=True)
class Mention:
    """Hold the key of a number that a text mentions and the range of characters it fills."""

    key: str
    start: int
    end: int


def number_key(text: str) -> str:
    """Return the letters and digits of a document number: "số 03-NQ/TU" is "3nqtu"."""
    folded = fold(text).translate(_LOOK_ALIKES)
    said = _SAID.match(folded)
    return _SEPARATORS.sub("", folded[said.end() :] if said else folded).lstrip("0")


def mentions(text: str) -> Iterator[Mention]:
    """Yield the document numbers in a running text, in order."""
    for match in _NUMBER.finditer(text):
        yield Mention(number_key(match.group()), match.start(), match.end())
