"""Say how rare a term is and how long a text usually is: what scores depend on beside the text."""

import math
from functools import lru_cache
from typing import Any, Protocol

from search_index.background import MEAN_LENGTH, MEAN_LENGTHS, PAGES, background

SATURATION, LENGTH = 1.2, 0.75
"""K1 and B of BM25, as Whoosh has them."""


class Statistics(Protocol):
    """Answer without knowing the documents that are searched, or only some of them.

    `of_whoosh` tells whether what Whoosh's own scorers count may be used too.
    """

    of_whoosh: bool

    def rarity(self, field: str, text: bytes) -> float:
        """Return the weight of a term."""

    def mean_length(self, field: str) -> float:
        """Return the usual length of the field."""


class Fixed:
    """Hold the statistics of public text, so that no document changes the score of another."""

    of_whoosh = False

    def rarity(self, field: str, text: bytes) -> float:
        """Return the weight of a term."""
        return _rarity(field, text)

    def mean_length(self, field: str) -> float:
        """Return the usual length of a page."""
        return MEAN_LENGTHS.get(field, MEAN_LENGTH)


class Measured:
    """Hold the statistics of the index itself, which are those of Whoosh's own scores."""

    of_whoosh = True

    def __init__(self, searcher: Any) -> None:
        self._searcher = searcher

    def rarity(self, field: str, text: bytes) -> float:
        """Return the weight of a term."""
        return float(self._searcher.idf(field, text))

    def mean_length(self, field: str) -> float:
        """Return the mean length among all documents."""
        return float(self._searcher.avg_field_length(field) or 1.0)


@lru_cache(1 << 14)
def _rarity(field: str, text: bytes) -> float:
    return math.log(PAGES / (background(field, text.decode()) + 1)) + 1
