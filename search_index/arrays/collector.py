"""Collect the best documents of a query with exact totals and counts, a segment at a time."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from whoosh.collectors import Collector

from search_index.arrays.cache import SHARED, Cache
from search_index.arrays.choosing import best
from search_index.arrays.evaluation import Evaluation, Set, intersect, is_mask
from search_index.arrays.flat import Whole
from search_index.arrays.lists import Texts
from search_index.arrays.segment import Scores, Segment
from search_index.arrays.statistics import Fixed, Statistics

_SHARE = 8
"""Where one document in so many matches, scores are worked out for all of them."""


class Found(NamedTuple):
    """Point at a document and, where pages are searched, at its best page."""

    score: float
    date: int
    name: str
    number: int


@dataclass(frozen=True)
class Layout:
    """Say which fields name a document, date it, and whether several units are one document."""

    name: str = "document"
    date: str | None = None
    grouped: bool = False


@dataclass(frozen=True)
class Wanted:
    """Say what is to be collected beside the total."""

    limit: int = 20
    counted: Sequence[str] = ()
    by_date: bool = False
    allowed: Any = None
    layout: Layout = field(default_factory=Layout)


class ArrayCollector(Collector):
    """Run a query through `Searcher.search_with_collector`; then read total, counts and items."""

    def __init__(
        self, wanted: Wanted, *, statistics: Statistics | None = None, cache: Cache = SHARED
    ) -> None:
        self._wanted = wanted
        self._statistics = statistics or Fixed()
        self._cache = cache
        self.total = 0
        self.items: list[Found] = []
        self.counts: dict[str, Counter[str]] = {name: Counter() for name in wanted.counted}

    def run(self) -> None:
        """Answer the query."""
        for searcher, offset in self.top_searcher.leaf_searchers():
            if not searcher.reader().doc_count_all():
                continue
            segment = Segment(searcher.reader(), self._cache)
            self._collect(Evaluation(segment, self._statistics, searcher), segment, offset)
        self.items.sort(key=lambda item: (-item.score, -item.date, item.name))
        del self.items[self._wanted.limit :]
        self.finish()

    def count(self) -> int:
        """Return the number of documents that match."""
        return self.total

    def all_ids(self) -> list[int]:
        """Return Whoosh's numbers of the collected documents."""
        return [item.number for item in self.items]

    def results(self) -> Any:
        """Return Whoosh's results of the collected documents."""
        return self._results([(item.score, item.number) for item in self.items])

    def _collect(self, evaluation: Evaluation, segment: Segment, offset: int) -> None:
        found = self._seen(evaluation, segment)
        size = int(np.count_nonzero(found)) if is_mask(found) else len(found)
        if not size:
            return
        scattered = (
            not is_mask(found) or size * _SHARE < segment.size or self._wanted.layout.grouped
        )
        ids = np.flatnonzero(found) if is_mask(found) and scattered else found
        scores = self._scores(evaluation, segment, ids)
        names = segment.ordinals(self._wanted.layout.name)
        if self._wanted.layout.grouped:
            ids, scores = _grouped(ids, scores, names[ids])
            size = len(ids)
        self.total += size
        self._count(segment, ids)
        self._choose(segment, ids, scores, names, offset)

    def _seen(self, evaluation: Evaluation, segment: Segment) -> Set:
        found = evaluation.matching(self.q)
        living, allowed = segment.living(), self._wanted.allowed
        if living is not None:
            found = intersect(found, living)
        if allowed is not None:
            mask = segment.mask(allowed, lambda: evaluation.mask(allowed))
            found = intersect(found, mask)
        return found

    def _scores(self, evaluation: Evaluation, segment: Segment, found: Set) -> Scores:
        """Return the scores of the documents found; of all, the others below any, for a mask."""
        every = is_mask(found)
        size = segment.size if every else len(found)
        if self._wanted.by_date:
            scores: Any = np.float32(0)
        else:
            scores = evaluation.scores(self.q, None if every else found)
        if not np.ndim(scores):
            scores = np.full(size, scores, np.float32)
        if every:
            scores = np.where(found, scores, np.float32(-np.inf))
        points: Scores = scores
        return points

    def _count(self, segment: Segment, found: Set) -> None:
        for name, counter in self.counts.items():
            lists = segment.fields.get(name)
            if not isinstance(lists, Texts):
                continue
            places = segment.ordinals(name)[found]
            for at, count in enumerate(np.bincount(places + 1, minlength=1).tolist()):
                if at and count:
                    counter[lists.key(at - 1).decode()] += count

    def _choose(
        self, segment: Segment, found: Set, scores: Scores, names: Any, offset: int
    ) -> None:
        every = is_mask(found)
        dates = np.zeros(segment.size, np.int64)
        if self._wanted.layout.date:
            dates = segment.numbers(self._wanted.layout.date)
        keys = [scores, dates if every else dates[found], -(names if every else names[found])]
        chosen = best(keys, self._wanted.limit)
        lists = segment.fields[self._wanted.layout.name]
        for at in chosen.tolist():
            score = float(scores[at])
            if score == -np.inf:
                break
            number = at if every else int(found[at])
            name = lists.key(int(names[number])).decode()
            self.items.append(Found(score, int(dates[number]), name, number + offset))


def _grouped(units: Whole, scores: Scores, names: Any) -> tuple[Whole, Scores]:
    """Return the best unit of each document; units of a document lie side by side."""
    begins = np.flatnonzero(np.concatenate(([True], names[1:] != names[:-1])))
    most = np.maximum.reduceat(scores, begins)
    sizes = np.diff(np.append(begins, len(units)))
    at_best = np.flatnonzero(scores == np.repeat(most, sizes))
    first = at_best[np.searchsorted(at_best, begins)]
    return units[first], most
