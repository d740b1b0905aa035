"""Which of the names on a shelf are one name, however it was spelt."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np

from meetings.archive.kept.shelf import Codes, Names
from search_index import exact_key, tokens


class Spellings(NamedTuple):
    """Names without regard to capitals, marks and where a tone was put; no name has no place."""

    codes: Codes
    """The place of each text among the names, -1 for what says nothing."""
    keys: Sequence[str]
    """The names in alphabetical order."""
    members: Mapping[int, Sequence[int]]
    """The texts that are a name."""


_LAID: WeakKeyDictionary[Names, tuple[int, Spellings]] = WeakKeyDictionary()


@lru_cache(maxsize=1 << 16)
def key_of(name: str) -> str:
    """Return what all spellings of a name have in common; accents tell names apart."""
    return " ".join(exact_key(token.text) for token in tokens(name))


def spellings_of(words: Names) -> Spellings:
    """Return the names among texts, worked out again only when there are more texts."""
    count = len(words.texts)
    known = _LAID.get(words)
    if known is None or known[0] != count:
        known = _LAID[words] = count, _spelled(words.texts[:count])
    return known[1]


def _spelled(texts: Sequence[str]) -> Spellings:
    keys = [key_of(text) for text in texts]
    names = sorted({key for key in keys if key})
    places = {name: place for place, name in enumerate(names)}
    codes = np.array([places.get(key, -1) for key in keys], np.int32)
    members: defaultdict[int, list[int]] = defaultdict(list)
    for code, place in enumerate(codes.tolist()):
        members[place].append(code)
    return Spellings(codes, names, members)
