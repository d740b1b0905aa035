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
    settle,
    wanted,
)
from search_index.units import Mask, Numbers, Scores
from search_index.view import View

_IN_TITLE = 2.0
_WITH_ACCENTS = 0.6
_QUOTED = 1.5
_BEGINS, _WHOLE = 1, 2


@dataclass(frozen=True)
class _Answers:
    """Hold the matching documents and, in step with them, the best unit of each."""

    documents: Numbers
    units: Numbers
    scores: Scores


def rank(view: View, query: Query, *, limit: int, offset: int) -> Results:
    """Return the documents of the view that match, best first, and how many there are."""
    if not query:
        return Results()
    root = settle(query.root, lambda word: bool(len(view.occurrences(word).units)))
    answers = _answers(view, root)
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
    return Results(len(answers.documents), hits)


def _answers(view: View, root: Node) -> _Answers:
    """Return the documents that match, each at a page that matches by itself if it has one.

    A head stands in the line too, with its title, and answers for page 1.
    """
    known = view.catalogue
    matching = evaluate(root, lambda leaf: _documents(view, leaf)) & view.documents
    units = np.flatnonzero(matching[known.document_of])
    document = known.document_of[units]
    scores = _scores(view, root)
    total = scores[units] + np.where(known.page[units] > 0, scores[known.heads[document]], 0)
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
            number[known.document_of[view.numbered(symbol).units]] = _WHOLE
    accents = evaluate(as_typed(root), lambda leaf: _documents(view, leaf))
    documents = answers.documents
    return np.lexsort(
        (
            known.id_order[documents],
            -known.issued_on[documents],
            -answers.scores,
            ~accents[documents],
            -number[documents],
        )
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


def _scores(view: View, root: Node) -> Scores:
    scores = np.zeros(len(view.catalogue.page))
    for leaf, boost in _weights(root):
        found = view.occurrences(leaf)
        scores[found.units] += view.bm25(found, page=boost, head=boost * _IN_TITLE)
    return scores


def _weights(root: Node) -> Iterator[tuple[Leaf, float]]:
    """Yield what is counted in favour of a page: words, their accents, their neighbourhood."""
    for leaf in wanted(root):
        match leaf:
            case Word(exact=exact):
                yield leaf, 1.0
                if leaf.accented:
                    yield Accented(exact), _WITH_ACCENTS
            case Phrase():
                yield leaf, _QUOTED
            case Symbol():
                continue
            case _:
                yield leaf, 1.0
    for pair in neighbours(root):
        yield pair, 1.0
