"""Recognise document numbers such as 436-KL/TU, however they are written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from search_index.analysis import LETTER, clean, fold

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

RUN = "#"

_NUMBER = re.compile(NUMBER)
_CENTRE = re.compile(r"tư(?![^\W\d_])", re.IGNORECASE)
_PLACE = re.compile(r"(?:\W*so\W+)?\W*0*([1-9][0-9]{0,4})(?![0-9])")
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
    """Return the letters and digits of a document number: "số 03-NQ/TU" is "3nqtu".

    TƯ, with its hook, is how some write TW, the centre; TU is a province.
    """
    folded = fold(_CENTRE.sub("tw", clean(text))).translate(_LOOK_ALIKES)
    said = _SAID.match(folded)
    return _SEPARATORS.sub("", folded[said.end() :] if said else folded).lstrip("0")


def symbol_keys(text: str) -> list[str]:
    """Return the keys of a document's own number: the whole one, and its place in a run."""
    own = number_key(text)
    place = _PLACE.match(fold(text))
    return [own, run_key(place[1])] if own and place else [own] if own else []


def run_key(digits: str) -> str:
    """Return the key of a bare number, with which no whole one begins: "074" is "#74#"."""
    return f"{RUN}{digits.lstrip('0')}{RUN}"


def mentions(text: str) -> Iterator[Mention]:
    """Yield the document numbers in a running text, in order."""
    for match in _NUMBER.finditer(text):
        yield Mention(number_key(match.group()), match.start(), match.end())
