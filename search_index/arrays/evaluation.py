"""Answer a tree of Whoosh's query objects for one segment with operations on whole lists.

A set of documents is a mask over all of them or, if there are few, their ascending numbers.
"""

from collections.abc import Callable, Sequence
from functools import reduce
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import query as whoosh

from search_index.arrays.flat import Whole, spread
from search_index.arrays.segment import Frequent, Mask, Places, Scores, Segment, saturated
from search_index.arrays.statistics import Statistics

Set = NDArray[Any]
Points = Any
"""A float32 for each document asked for, or one number for all of them."""
_FEW = 16


def is_mask(documents: Set) -> bool:
    """Tell in which of the two forms a set is."""
    return documents.dtype == np.bool_


def intersect(one: Set, other: Set) -> Set:
    """Return what is in both."""
    if is_mask(one):
        return one & other if is_mask(other) else other[one[other]]
    if is_mask(other):
        return one[other[one]]
    if len(one) > len(other):
        one, other = other, one
    return one[_among(one, other)]


def _among(some: Whole, all_of: Whole) -> Mask:
    """Tell of each number whether it is among the ascending ones."""
    if not len(all_of):
        return np.zeros(len(some), np.bool_)
    at = np.searchsorted(all_of, some)
    at[at == len(all_of)] = 0
    found: Mask = all_of[at] == some
    return found


class Evaluation:
    """Hold a segment and what scores depend on while one query is answered."""

    def __init__(self, segment: Segment, statistics: Statistics, searcher: Any) -> None:
        self._segment = segment
        self._statistics = statistics
        self._searcher = searcher
        self._stepped: dict[int, tuple[Whole, Scores]] = {}

    def matching(self, query: Any) -> Set:
        """Return the documents that match; deleted ones may be among them."""
        step = _MATCH.get(type(query))
        if step is None or not self._is_known(query):
            return self._step_through(query)[0]
        return step(self, query)

    def mask(self, query: Any) -> Mask:
        """Return the documents that match as a mask."""
        return self._as_mask(self.matching(query))

    def scores(self, query: Any, documents: Whole | None) -> Points:
        """Return the scores of these documents, or of all; of what does not match, anything."""
        step = _SCORE.get(type(query))
        if step is None or not self._is_known(query):
            stepped = self._statistics.of_whoosh
            return self._stepped_scores(query, documents) if stepped else 1.0
        return step(self, query, documents)

    def _is_known(self, query: Any) -> bool:
        field = (
            query.field() if isinstance(query, whoosh.Term | whoosh.Prefix | whoosh.Phrase) else ""
        )
        if not field:
            return True
        if field not in self._segment.schema or not self._segment.is_array(field):
            return False
        return not isinstance(query, whoosh.Phrase) or query.slop == 1

    def _as_mask(self, documents: Set) -> Mask:
        if is_mask(documents):
            return documents
        mask = np.zeros(self._segment.size, np.bool_)
        mask[documents] = True
        return mask

    def _step_through(self, query: Any) -> tuple[Whole, Scores]:
        """Return documents and scores as Whoosh's own matcher finds them."""
        found = self._stepped.get(id(query))
        if found is None:
            matcher = query.matcher(self._searcher, self._searcher.context())
            ids, scores = [], []
            while matcher.is_active():
                ids.append(matcher.id())
                scores.append(matcher.score())
                matcher.next()
            found = np.array(ids, np.int64), np.array(scores, np.float32)
            self._stepped[id(query)] = found
        return found

    def _stepped_scores(self, query: Any, documents: Whole | None) -> Scores:
        ids, scores = self._step_through(query)
        dense = np.zeros(self._segment.size, np.float32)
        dense[ids] = scores
        return dense if documents is None else dense[documents]

    # ------------------------------------------------------------------ matching

    def term(self, query: Any) -> Set:
        """Return the documents that have a key."""
        found = self._segment.list_of(query.fieldname, _bytes(query.text))
        if found is None:
            return np.empty(0, np.int64)
        return found.counts != 0 if isinstance(found, Frequent) else found.docs

    def prefix(self, query: Any) -> Set:
        """Return the documents with a key of this beginning."""
        return self._segment.beginning(query.fieldname, _bytes(query.text))

    def phrase(self, query: Any) -> Set:
        """Return the documents in which the words follow one another."""
        field, words = query.fieldname, [_bytes(word) for word in query.words]
        pairs = self._segment.schema[field].pairs
        if pairs and len(words) > 1:
            terms = [whoosh.Term(pairs, b"_".join(both)) for both in pairwise(words)]
        else:
            terms = [whoosh.Term(field, word) for word in words]
        candidates = self._all(terms)
        if len(terms) == 1:  # one word, or one pair, says it all
            return candidates
        ids = np.flatnonzero(candidates) if is_mask(candidates) else candidates
        lines = [self._segment.places(field, word) for word in words] if len(ids) else []
        found = [each for each in lines if each is not None]
        return _following(found, ids) if len(found) == len(words) else np.empty(0, np.int64)

    def every(self, query: Any) -> Set:
        """Return all documents."""
        full: Mask = np.full(self._segment.size, isinstance(query, whoosh.Every))
        return full

    def both(self, query: Any) -> Set:
        """Return what matches every part and none of the refused ones."""
        refused = [part.query for part in query if isinstance(part, whoosh.Not)]
        found = self._all([part for part in query if not isinstance(part, whoosh.Not)])
        for part in refused:
            found = intersect(found, ~self.mask(part))
        return found

    def either(self, query: Any) -> Set:
        """Return what matches any part."""
        sets = [self.matching(part) for part in query]
        if not sets:
            return np.empty(0, np.int64)
        size = sum(self._segment.size if is_mask(each) else len(each) for each in sets)
        if size * _FEW < self._segment.size:
            return np.unique(np.concatenate(sets))
        return reduce(np.logical_or, map(self._as_mask, sets))

    def refused(self, query: Any) -> Set:
        """Return what does not match the part."""
        return ~self.mask(query.query)

    def optional(self, query: Any) -> Set:
        """Return what matches the first part."""
        return self.matching(query.a)

    def required(self, query: Any) -> Set:
        """Return what matches both parts."""
        return intersect(self.matching(query.a), self.matching(query.b))

    def without(self, query: Any) -> Set:
        """Return what matches the first part but not the second."""
        return intersect(self.matching(query.a), ~self.mask(query.b))

    def constant(self, query: Any) -> Set:
        """Return what matches within."""
        return self.matching(query.child)

    def _all(self, parts: Sequence[Any]) -> Set:
        if not parts:
            return np.ones(self._segment.size, np.bool_)
        sets = [self.matching(part) for part in parts]
        sets.sort(key=lambda each: self._segment.size if is_mask(each) else len(each))
        return reduce(intersect, sets)

    # ------------------------------------------------------------------ scoring

    def term_scores(self, query: Any, documents: Whole | None) -> Points:
        """Return BM25 of a key, its count where the field is not scored."""
        field, text = query.fieldname, _bytes(query.text)
        found = self._segment.list_of(field, text)
        if found is None:
            return 0.0
        if not self._segment.schema[field].scorable:
            return self._counts(found, documents) * np.float32(query.boost)
        factor = np.float32(self._statistics.rarity(field, text) * query.boost)
        mean = self._statistics.mean_length(field)
        if isinstance(found, Frequent):
            weight = self._segment.weight(field, text, mean)
            return factor * (weight if documents is None else weight[documents])
        lengths = self._segment.spread(field, mean)
        counts = self._counts(found, documents)
        return factor * saturated(counts, lengths if documents is None else lengths[documents])

    def _counts(self, found: Any, documents: Whole | None) -> Scores:
        if isinstance(found, Frequent):
            counts = found.counts if documents is None else found.counts[documents]
            return counts.astype(np.float32)
        if documents is None:
            dense = np.zeros(self._segment.size, np.float32)
            dense[found.docs] = found.counts
            return dense
        at = np.searchsorted(found.docs, documents)
        at[at == len(found.docs)] = 0
        same = found.docs[at] == documents
        return np.where(same, found.counts[at], 0).astype(np.float32)

    def phrase_scores(self, query: Any, documents: Whole | None) -> Points:
        """Return the scores of the words of a phrase together, as Whoosh has it."""
        words = [whoosh.Term(query.fieldname, word) for word in query.words]
        return self._sum(words, documents, query.boost)

    def sum_scores(self, query: Any, documents: Whole | None) -> Points:
        """Return the scores of all parts together."""
        return self._sum(list(query), documents, query.boost)

    def any_scores(self, query: Any, documents: Whole | None) -> Points:
        """Return the scores of the parts that match together."""
        total: Points = 0.0
        for part in query:
            total = total + self._where_matching(part, documents)
        return total * np.float32(query.boost)

    def best_scores(self, query: Any, documents: Whole | None) -> Points:
        """Return the score of the best part."""
        parts = [self._where_matching(part, documents) for part in query]
        return reduce(np.maximum, parts) * np.float32(query.boost)

    def optional_scores(self, query: Any, documents: Whole | None) -> Points:
        """Return the score of the first part, and of the second where it matches."""
        return self.scores(query.a, documents) + self._where_matching(query.b, documents)

    def first_scores(self, query: Any, documents: Whole | None) -> Points:
        """Return the score of the first part."""
        return self.scores(query.a, documents)

    def boost(self, query: Any, _: Whole | None) -> float:
        """Return the weight of what only matches."""
        return float(query.boost)

    def fixed(self, query: Any, _: Whole | None) -> float:
        """Return the score that a query names."""
        return float(query.score)

    def _sum(self, parts: Sequence[Any], documents: Whole | None, boost: float) -> Points:
        total = sum((self.scores(part, documents) for part in parts), np.float32(0))
        return total if boost == 1 else total * np.float32(boost)

    def _where_matching(self, part: Any, documents: Whole | None) -> Points:
        scores = self.scores(part, documents)
        if isinstance(part, whoosh.Term) and self._is_known(part):
            return scores
        mask = self.mask(part)
        return np.where(mask if documents is None else mask[documents], scores, np.float32(0))


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode()


def _following(words: Sequence[Places], candidates: Whole) -> Whole:
    """Return the candidates in which each word stands one place after the word before it."""
    lines = [_line(word, number, candidates) for number, word in enumerate(words)]
    lines.sort(key=len)
    common = reduce(lambda some, line: some[_among(some, line)], lines)
    chosen: Whole = candidates[np.unique(common >> 32) - 1]
    return chosen


def _line(word: Places, number: int, candidates: Whole) -> Whole:
    """Return where a phrase would have to begin for its word of this number to be in place."""
    at = np.searchsorted(word.docs, candidates)
    begins = word.begins[at]
    sizes = word.begins[at + 1] - begins
    places = word.places[spread(begins, sizes)].astype(np.int64)
    document = np.repeat(np.arange(1, len(candidates) + 1), sizes)
    line: Whole = (document << 32) + places - number
    return line


_MATCH: dict[type, Callable[[Evaluation, Any], Set]] = {
    whoosh.Term: Evaluation.term,
    whoosh.Prefix: Evaluation.prefix,
    whoosh.Phrase: Evaluation.phrase,
    whoosh.Every: Evaluation.every,
    whoosh.And: Evaluation.both,
    whoosh.Or: Evaluation.either,
    whoosh.DisjunctionMax: Evaluation.either,
    whoosh.Not: Evaluation.refused,
    whoosh.AndMaybe: Evaluation.optional,
    whoosh.Require: Evaluation.required,
    whoosh.AndNot: Evaluation.without,
    whoosh.ConstantScoreQuery: Evaluation.constant,
    type(whoosh.NullQuery): Evaluation.every,
}
_SCORE: dict[type, Callable[[Evaluation, Any, Whole | None], Points]] = {
    whoosh.Term: Evaluation.term_scores,
    whoosh.Prefix: Evaluation.boost,
    whoosh.Phrase: Evaluation.phrase_scores,
    whoosh.Every: Evaluation.boost,
    whoosh.And: Evaluation.sum_scores,
    whoosh.Or: Evaluation.any_scores,
    whoosh.DisjunctionMax: Evaluation.best_scores,
    whoosh.Not: Evaluation.boost,
    whoosh.AndMaybe: Evaluation.optional_scores,
    whoosh.Require: Evaluation.first_scores,
    whoosh.AndNot: Evaluation.first_scores,
    whoosh.ConstantScoreQuery: Evaluation.fixed,
    type(whoosh.NullQuery): Evaluation.boost,
}
