"""Show an index as one reader may see it."""

from collections.abc import Collection

import numpy as np

from search_index.query import Accented, Cites, Issued, Leaf, Phrase, Prefix, Symbol, Word
from search_index.units import Field, Mask, Postings, Scores, Source
from search_index.weights import Weights


class View:
    """Hide every document that is not allowed, from the statistics of words too.

    What is counted here is counted among the allowed documents, so that nothing which a reader
    can see (order, totals, scores) depends on a document that is hidden from this reader.
    """

    def __init__(self, source: Source, allowed: Collection[str]) -> None:
        self._source = source
        self.catalogue = source.catalogue
        self.documents: Mask = np.zeros(len(self.catalogue.documents), np.bool_)
        place = self.catalogue.place
        self.documents[[place[document] for document in set(allowed) if document in place]] = True
        self._units: Mask = self.documents[self.catalogue.document_of]
        self._kind = (self.catalogue.page == 0).astype(np.int64)
        seen = self._kind[self._units]
        self._units_of_kind = np.bincount(seen, minlength=2)
        words = np.bincount(seen, self.catalogue.length[self._units], minlength=2)
        self._mean_length = np.maximum(words, 1) / np.maximum(self._units_of_kind, 1)

    def occurrences(self, leaf: Leaf) -> Postings:
        """Return the allowed units that match the leaf."""
        return self._seen(self._found(leaf))

    def numbered(self, symbol: Symbol) -> Postings:
        """Return the allowed heads whose number is the whole key."""
        return self._seen(self._source.postings("symbol", symbol.key))

    def bm25(self, found: Postings, weights: Weights) -> Scores:
        """Return a score for each unit found; one in a title weighs more than one in a page."""
        kind = self._kind[found.units]
        having = np.bincount(kind, minlength=2)
        rarity = np.log1p((self._units_of_kind - having + 0.5) / (having + 0.5))
        size = self.catalogue.length[found.units] / self._mean_length[kind]
        spread = weights.saturation * (1 - weights.length + weights.length * size)
        often = found.counts * (weights.saturation + 1) / (found.counts + spread)
        scores: Scores = (rarity * (1.0, weights.title))[kind] * often
        return scores

    def _issued(self, first: int, last: int) -> Postings:
        days = self.catalogue.issued_on
        heads = self.catalogue.heads[(days >= first) & (days <= last)].astype(np.int32)
        return Postings(heads, np.ones(len(heads), np.float32))

    def _seen(self, found: Postings) -> Postings:
        seen = self._units[found.units]
        return Postings(found.units[seen], found.counts[seen])

    def _found(self, leaf: Leaf) -> Postings:
        match leaf:
            case Word(fold=key):
                return self._source.postings("words", key)
            case Accented(key):
                return self._source.postings("exact", key)
            case Cites(key):
                return self._source.postings("cites", key)
            case Symbol(key) | Prefix(key):
                field: Field = "symbol" if isinstance(leaf, Symbol) else "words"
                return self._source.prefix(field, key)
            case Issued(first, last):
                return self._issued(first, last)
            case Phrase(words):
                return self._source.phrase(tuple(word.fold for word in words))
