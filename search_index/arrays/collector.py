"""Collect the best documents of a query with exact totals and counts, a segment at a time."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from whoosh.collectors import Collector

from search_index.arrays.cache import SHARED, Cache
from search_index.arrays.choosing import Key, best
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
        for name, counter in self.counts.items():  # in an order that no segment decides
            self.counts[name] = Counter(dict(sorted(counter.items())))
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
        found, layout = self._seen(evaluation, segment), self._wanted.layout
        size = int(np.count_nonzero(found)) if is_mask(found) else len(found)
        if not size:
            return
        if is_mask(found) and (size * _SHARE < segment.size or layout.grouped):
            found = np.flatnonzero(found)
        scores = self._scores(evaluation, found)
        if layout.grouped:
            points = np.broadcast_to(np.float32(scores), found.shape)
            found, scores = _grouped(found, points, segment.ordinals(layout.name)[found])
            size = len(found)
        self.total += size
        self._count(segment, found)
        self._choose(segment, found, scores, offset)

    def _seen(self, evaluation: Evaluation, segment: Segment) -> Set:
        found = evaluation.matching(self.q)
        living, allowed = segment.living(), self._wanted.allowed
        if living is not None:
            found = intersect(found, living)
        if allowed is not None:
            mask = segment.mask(allowed, lambda: evaluation.mask(allowed))
            found = intersect(found, mask)
        return found

    def _scores(self, evaluation: Evaluation, found: Set) -> Any:
        """Return a score for each document found or, for a mask, for all; or one for all alike."""
        if self._wanted.by_date:
            return np.float32(0)
        return evaluation.scores(self.q, None if is_mask(found) else found)

    def _count(self, segment: Segment, found: Set) -> None:
        for name, counter in self.counts.items():
            lists = segment.fields.get(name)
            if isinstance(lists, Texts):
                for at, count in enumerate(segment.shares(name, found).tolist()):
                    if count:
                        counter[lists.key(at).decode()] += count

    def _choose(self, segment: Segment, found: Set, scores: Any, offset: int) -> None:
        layout, alike = self._wanted.layout, not np.ndim(scores)
        names, dates = segment.ordinals(layout.name), segment.dates(layout.date)
        number: Callable[[Whole], Whole] = found.__getitem__
        first = scores
        if is_mask(found):
            number = np.asarray
            values = dates if alike else scores
            first = np.where(found, values, _least(values.dtype))
        elif alike:
            first = dates[found]
        later: list[Key] = [lambda at: dates[number(at)], lambda at: -names[number(at)]]
        chosen = best(first, later, self._wanted.limit)
        if is_mask(found):
            chosen = chosen[found[chosen]]
        numbers = number(chosen)
        points = np.full(len(chosen), scores) if alike else scores[chosen]
        lists = segment.fields[layout.name]
        for score, unit in zip(points.tolist(), numbers.tolist(), strict=True):
            name = lists.key(int(names[unit])).decode()
            self.items.append(Found(score, int(dates[unit]), name, unit + offset))


def _least(kind: np.dtype[Any]) -> Any:
    return np.iinfo(kind).min if kind.kind == "i" else -np.inf


def _grouped(units: Whole, scores: Scores, names: Any) -> tuple[Whole, Scores]:
    """Return the best unit of each document; units of a document lie side by side."""
    begins = np.flatnonzero(np.concatenate(([True], names[1:] != names[:-1])))
    most = np.maximum.reduceat(scores, begins)
    sizes = np.diff(np.append(begins, len(units)))
    at_best = np.flatnonzero(scores == np.repeat(most, sizes))
    first = at_best[np.searchsorted(at_best, begins)]
    return units[first], most
