"""Work out where a part of a question stands and what it is worth there.

What a part is worth depends on the text of its page and on public text, on no other document: so
it is worked out once for everybody, and a hidden document changes no score.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from search_index.arrays.segment import saturated
from search_index.arrays.statistics import Fixed
from search_index.query import Accented, Cites, Issued, Leaf, Phrase, Prefix, Symbol, Word
from search_index.units import (
    Catalogue,
    Counted,
    Field,
    Mask,
    Numbers,
    Postings,
    Scores,
    Source,
    Units,
)

_FREQUENT = 32
"""What one unit in so many has is kept for all units."""

_ALIKE = {Prefix: 1.0, Issued: 20.0}
"""What is worth the same wherever it matches. To count the words that begin alike would tell of
those that are hidden; to be of the day that was asked is more than to say it."""


@dataclass(frozen=True)
class Seldom:
    """Hold the units that a part of a question matches, ascending, and its worth in each."""

    units: Units
    worth: Scores

    @property
    def nbytes(self) -> int:
        """Return the bytes it takes."""
        return self.units.nbytes + self.worth.nbytes

    def within(self, known: Catalogue) -> Mask:
        """Return the documents that have the part anywhere."""
        return _documents(known, self.units)

    def worth_in(self, units: Numbers) -> Scores:
        """Return the worth in each of some units, nought where the part does not match."""
        if not len(self.units):
            return np.zeros(len(units), np.float32)
        if len(units) > len(self.units):
            return self._spread(units)
        at = np.searchsorted(self.units, units)
        at[at == len(self.units)] = 0
        return np.where(self.units[at] == units, self.worth[at], np.float32(0))

    def _spread(self, units: Numbers) -> Scores:
        """Return the same by looking for the few among the many."""
        worth = np.zeros(len(units), np.float32)
        at = np.searchsorted(units, self.units)
        at[at == len(units)] = 0
        same = units[at] == self.units
        worth[at[same]] = self.worth[same]
        return worth


@dataclass(frozen=True)
class Weight:
    """Turn how often a part stands in units into its worth: BM25, or alike wherever it stands."""

    factor: np.float32
    spread: Scores | None = None

    def of(self, counts: Counted, units: Numbers | Units) -> Scores:
        """Return the worth in each of some units, nought where the part does not stand."""
        if self.spread is None:
            return np.where(counts > 0, self.factor, np.float32(0))
        return self.factor * saturated(counts.astype(np.float32), self.spread[units])


@dataclass(frozen=True)
class Frequent:
    """Hold how often a part stands in every unit, and its documents.

    A count is a byte and the worth that follows from it four: three times as many are kept.
    """

    everywhere: Counted
    documents: Mask
    weight: Weight

    @property
    def nbytes(self) -> int:
        """Return the bytes it takes."""
        return self.everywhere.nbytes + self.documents.nbytes

    @property
    def units(self) -> Units:
        """Return the units that the part matches, ascending."""
        return np.flatnonzero(self.everywhere).astype(np.int32)

    @property
    def worth(self) -> Scores:
        """Return its worth in each of those."""
        return self.worth_in(self.units)

    def within(self, _: Catalogue) -> Mask:
        """Return the documents that have the part anywhere."""
        return self.documents

    def worth_in(self, units: Numbers | Units) -> Scores:
        """Return the worth in each of some units, nought where the part does not match."""
        return self.weight.of(self.everywhere[units], units)


Listed = Seldom | Frequent


def listed(source: Source, leaf: Leaf) -> Listed:
    """Return where a part of a question stands, kept for whoever asks next."""
    return source.kept(leaf, lambda: _listed(source, leaf))


def _listed(source: Source, leaf: Leaf) -> Listed:
    known, found = source.catalogue, _postings(source, leaf)
    weight = _weight(known, leaf)
    if len(found.units) * _FREQUENT < len(known.page):
        return Seldom(found.units, weight.of(found.counts, found.units))
    everywhere = np.zeros(len(known.page), np.min_scalar_type(int(found.counts.max(initial=0))))
    everywhere[found.units] = found.counts
    return Frequent(everywhere, _documents(known, found.units), weight)


def _documents(known: Catalogue, units: Units) -> Mask:
    mask = np.zeros(len(known.documents), np.bool_)
    mask[known.document_of[units]] = True
    return mask


def _weight(known: Catalogue, leaf: Leaf) -> Weight:
    """Return BM25 with the rarity and the usual lengths of public text."""
    if type(leaf) in _ALIKE:
        return Weight(np.float32(_ALIKE[type(leaf)]))
    return Weight(np.float32(_rarity(leaf)), known.spread)


def _rarity(leaf: Leaf) -> float:
    """Return how telling a part is; a phrase is as telling as the rarest of its pairs."""
    match leaf:
        case Word() | Accented() | Cites():
            keys = [_key(leaf)]
        case Phrase(words):
            keys = [("pairs", f"{left.fold}_{right.fold}") for left, right in pairwise(words)]
        case _:
            keys = []
    return max((Fixed().rarity(field, key.encode()) for field, key in keys), default=1.0)


def _postings(source: Source, leaf: Leaf) -> Postings:
    match leaf:
        case Phrase(words):
            return source.phrase(tuple(word.fold for word in words))
        case Issued(first, last):
            return _issued(source.catalogue, first, last)
        case Symbol(key) | Prefix(key):
            return source.prefix("symbol" if isinstance(leaf, Symbol) else "words", key)
        case Word() | Accented() | Cites():
            return source.postings(*_key(leaf))


def _key(leaf: Word | Accented | Cites) -> tuple[Field, str]:
    match leaf:
        case Word(fold=key):
            return "words", key
        case Accented(key):
            return "exact", key
        case Cites(key):
            return "cites", key


def _issued(known: Catalogue, first: int, last: int) -> Postings:
    days = known.issued_on
    heads = known.heads[(days >= first) & (days <= last)].astype(np.int32)
    return Postings(heads, np.ones(len(heads), np.float32))
