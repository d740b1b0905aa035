"""Decide which documents answer a query, in which order and at which page."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from search_index.entries import Hit, Results
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
from search_index.units import Mask, Numbers, Scores
from search_index.view import View
from search_index.weights import WEIGHTS, Weights

_BEGINS, _WHOLE = 1, 2


@dataclass(frozen=True)
class _Answers:
    """Hold the matching documents and, in step with them, the best unit of each."""

    documents: Numbers
    units: Numbers
    scores: Scores


def rank(
    view: View,
    query: Query,
    *,
    limit: int,
    offset: int,
    nearest: bool = False,
    weights: Weights = WEIGHTS,
) -> Results:
    """Return the documents of the view that match, best first, and how many there are.

    With `nearest`, those with any of what was asked are the answer where none has all of it.
    """
    if not query:
        return Results()
    root = settle(query.root, lambda word: bool(len(view.occurrences(word).units)))
    answers = _answers(view, root, root, weights)
    loose = relaxed(root)
    nearest = nearest and not len(answers.documents) and loose != root
    if nearest:
        answers = _answers(view, root, loose, weights)
    known = view.catalogue
    hits = [
        Hit(
            known.documents[answers.documents[at]],
            known.versions[answers.documents[at]],
            max(int(known.page[answers.units[at]]), 1),
            float(answers.scores[at]),
        )
        for at in _order(view, root, answers)[offset : offset + limit]
    ]
    return Results(len(answers.documents), hits, nearest=nearest)


def _answers(view: View, root: Node, needed: Node, weights: Weights) -> _Answers:
    """Return the documents that have what is needed, each at a page that answers by itself.

    A head stands in the line too, with its title, and answers for page 1.
    """
    known = view.catalogue
    matching = evaluate(needed, lambda leaf: _documents(view, leaf)) & view.documents
    units = np.flatnonzero(matching[known.document_of])
    document = known.document_of[units]
    scores = _scores(view, root, weights)
    total = scores[units] + np.where(known.page[units] > 0, scores[known.heads[document]], 0)
    total *= np.where(known.issued_on[document] > 0, 1, weights.undated)
    alone = evaluate(root, lambda leaf: _pages(view, leaf))[units]
    accents = evaluate(as_typed(root), lambda leaf: _pages(view, leaf))[units]
    line = np.lexsort((known.page[units], -total, ~accents, ~alone, document))
    best = line[np.flatnonzero(np.diff(document[line], prepend=-1))]
    return _Answers(document[best], units[best], total[best])


def _order(view: View, root: Node, answers: _Answers) -> Numbers:
    """Return the places of the answers, best first."""
    known = view.catalogue
    number = np.zeros(len(known.documents), np.int64)
    for symbol in wanted(root):
        if isinstance(symbol, Symbol):
            beginning = known.document_of[view.occurrences(symbol).units]
            number[beginning] = np.maximum(number[beginning], _BEGINS)
            whole = view.numbered(Symbol(symbol.key.strip(RUN)))
            number[known.document_of[whole.units]] = _WHOLE
    accents = evaluate(as_typed(root), lambda leaf: _documents(view, leaf))
    documents = answers.documents
    day, rank = known.issued_on[documents], number[documents]
    worth = np.where(rank == _WHOLE, day, answers.scores)  # of one number the newest is meant
    return np.lexsort(
        (known.id_order[documents], -day, -answers.scores, -worth, ~accents[documents], -rank)
    )


def _documents(view: View, leaf: Leaf) -> Mask:
    """Return the documents that have the leaf anywhere."""
    mask = np.zeros(len(view.catalogue.documents), np.bool_)
    mask[view.catalogue.document_of[view.occurrences(leaf).units]] = True
    return mask


def _pages(view: View, leaf: Leaf) -> Mask:
    """Return the units that have the leaf, as every page has what its head has."""
    mask = np.zeros(len(view.catalogue.page), np.bool_)
    mask[view.occurrences(leaf).units] = True
    inherited: Mask = mask[view.catalogue.heads][view.catalogue.document_of]
    return mask | inherited


def _scores(view: View, root: Node, weights: Weights) -> Scores:
    scores = np.zeros(len(view.catalogue.page))
    for leaf, boost in _parts(root, weights):
        found = view.occurrences(leaf)
        scores[found.units] += boost * view.bm25(found, weights)
    return scores


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
