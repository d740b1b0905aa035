"""Decide which documents answer a query, in which order and at which page."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from search_index.arrays.choosing import Key, best
from search_index.arrays.flat import spread
from search_index.entries import Hit, Matching, Results
from search_index.query import (
    Accented,
    Leaf,
    Node,
    Phrase,
    Query,
    Symbol,
    Word,
    as_typed,
    evaluate,
    neighbours,
    relaxed,
    settle,
    wanted,
)
from search_index.symbols import RUN
from search_index.units import Catalogue, Chosen, Mask, Numbers, Order, Scores
from search_index.view import View
from search_index.weights import WEIGHTS, Weights

_BEGINS, _WHOLE = 1, 2


@dataclass(frozen=True)
class Window:
    """Say which of the answers become hits: some in their order, perhaps of some documents only.

    Without an order of its own the best come first.
    """

    limit: int = 20
    offset: int = 0
    among: Chosen | None = None
    order: Order | None = None


def rank(
    view: View, query: Query, window: Window, *, nearest: bool = False, weights: Weights = WEIGHTS
) -> Results:
    """Return the documents of the view that match, best first, and how many there are.

    With `nearest`, those with any of what was asked are the answer where none has all of it.
    """
    if not query:
        return Results()
    root = settle(query.root, lambda word: bool(view.having(word).any()))
    matching = _matching(view, root)
    loose = relaxed(root)
    nearest = nearest and not matching.any() and loose != root
    if nearest:
        matching = _matching(view, loose)
    return _results(view, _Answers(view, root, matching, weights), window, nearest=nearest)


def _matching(view: View, needed: Node) -> Mask:
    return evaluate(needed, lambda leaf: view.listed(leaf).within(view.catalogue)) & view.documents


def _results(view: View, answers: "_Answers", window: Window, *, nearest: bool) -> Results:
    known = view.catalogue
    matching = answers.documents
    shown = np.arange(len(matching))
    if window.among is not None:
        shown = np.flatnonzero(known.chosen(window.among)[matching])
    hits = [
        Hit(
            known.documents[matching[at]],
            known.versions[matching[at]],
            max(int(known.page[answers.units[at]]), 1),
            float(answers.scores[at]),
        )
        for at in _order(view, answers, shown, window)
    ]
    every = Matching(known.documents, matching)
    return Results(len(matching), hits, nearest=nearest, shown=len(shown), matching=every)


class _Answers:
    """Hold the matching documents and, in step with them, the best unit of each and its score.

    A head stands in the line of units too, with its title, and answers for page 1.
    """

    def __init__(self, view: View, root: Node, matching: Mask, weights: Weights) -> None:
        self._view, self.root, self._weights = view, root, weights
        known = view.catalogue
        self.documents: Numbers = np.flatnonzero(matching)
        self._sizes = known.sizes[self.documents]
        self._begins = np.cumsum(self._sizes) - self._sizes
        self._line = spread(known.heads[self.documents], self._sizes)
        self._worths: dict[Leaf, Scores] = {}
        self.units, self.scores = self._best()

    def _best(self) -> tuple[Numbers, Scores]:
        """Return of each document the first of its best units: with all words, then all accents."""
        if not len(self.documents):
            return self._line, np.zeros(0, np.float32)
        total = self._totals()
        tier = 2 * self._alone(self.root) + self._alone(as_typed(self.root))
        worth = (tier.astype(np.int64) << 32) | total.view(np.int32)  # no score is negative
        most = np.maximum.reduceat(worth, self._begins)
        at_best = np.flatnonzero(worth == np.repeat(most, self._sizes))
        first = at_best[np.searchsorted(at_best, self._begins)]
        undated = self._view.catalogue.issued_on[self.documents] <= 0
        share = np.where(undated, self._weights.undated, 1).astype(np.float32)
        return self._line[first], total[first] * share

    def _totals(self) -> Scores:
        """Return what each unit is worth, together with the title above it."""
        total = np.zeros(len(self._line), np.float32)
        for leaf, boost in _parts(self.root, self._weights):
            total += np.float32(boost) * self._worth(leaf)
        title = np.float32(self._weights.title) * total[self._begins]
        title *= np.where(self._in_title(), np.float32(self._weights.whole), np.float32(1))
        total[self._begins] = 0
        total += np.repeat(title, self._sizes)
        return total

    def _in_title(self) -> Mask:
        """Tell of each document whether its title has the words next to one another, as asked."""
        pairs = list(neighbours(self.root))
        whole = np.full(len(self._begins), bool(pairs))
        for pair in pairs:
            whole &= self._worth(pair)[self._begins] > 0
        return whole

    def _alone(self, root: Node) -> Numbers:
        """Return 1 for each unit that answers by itself, as every page has what its head has."""
        found = evaluate(root, self._has)
        return found.astype(np.int64)

    def _has(self, leaf: Leaf) -> Mask:
        has: Mask = self._worth(leaf) > 0
        has |= np.repeat(has[self._begins], self._sizes)
        return has

    def _worth(self, leaf: Leaf) -> Scores:
        if leaf not in self._worths:
            self._worths[leaf] = self._view.listed(leaf).worth_in(self._line)
        return self._worths[leaf]


def _order(view: View, answers: _Answers, shown: Numbers, window: Window) -> Numbers:
    """Return the places of the answers in the window, best first."""
    known = view.catalogue
    count = min(window.offset + window.limit, len(shown))
    if not count:
        return shown[:0]
    documents, scores = answers.documents[shown], answers.scores[shown]
    if window.order is not None:
        worth = window.order(known.documents)[documents]
        return shown[best(worth, [_named(known, documents)], count)[window.offset :]]
    number = _numbers(view, answers.root)[documents]
    exactly = as_typed(answers.root)
    accents = evaluate(exactly, lambda leaf: view.listed(leaf).within(known))[documents]
    day = known.issued_on[documents]
    worth = np.where(number == _WHOLE, day, scores)  # of one number the newest is meant
    keys = (worth.__getitem__, scores.__getitem__, day.__getitem__, _named(known, documents))
    return shown[best(2 * number + accents, keys, count)[window.offset :]]


def _named(known: Catalogue, documents: Numbers) -> Key:
    """Return the key by which the first id comes first, for what is alike in all else."""

    def key(at: Numbers) -> Numbers:
        names = [known.documents[document] for document in documents[at].tolist()]
        order = np.empty(len(names), np.int64)
        order[sorted(range(len(names)), key=names.__getitem__)] = np.arange(len(names))
        return -order

    return key


def _numbers(view: View, root: Node) -> Numbers:
    """Return for each document whether its number is what was asked, or begins so."""
    known = view.catalogue
    number = np.zeros(len(known.documents), np.int64)
    for symbol in wanted(root):
        if isinstance(symbol, Symbol):
            beginning = known.document_of[view.occurrences(symbol)]
            number[beginning] = np.maximum(number[beginning], _BEGINS)
            whole = view.numbered(Symbol(symbol.key.strip(RUN)))
            number[known.document_of[whole]] = _WHOLE
    return number


def _parts(root: Node, weights: Weights) -> Iterator[tuple[Leaf, float]]:
    """Yield what is counted in favour of a page: words, their accents, their neighbourhood."""
    for leaf in wanted(root):
        match leaf:
            case Word(exact=exact):
                yield leaf, 1.0
                if leaf.accented:
                    yield Accented(exact), weights.accents
            case Phrase():
                yield leaf, weights.phrase
            case Symbol():
                continue
            case _:
                yield leaf, 1.0
    for pair in neighbours(root):
        yield pair, weights.pair
