"""What a list of documents can be narrowed down by, and how many there are of each value."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, reduce

import numpy as np

from meetings.archive.kept.narrowing import VALIDITIES
from meetings.archive.kept.ordering import Sort
from meetings.archive.kept.shelf import KINDS, Codes, Mask, Names, Rows, Shelf
from meetings.archive.kept.spelling import key_of, spellings_of
from meetings.archive.kept.terms import Terms, first_year

_NONE = -2
"""No document has what no value is."""
TOP = 6
MOST = 200
"""Values of one facet that are ever listed; whoever looks for another searches for it by name."""


class Facet(StrEnum):
    """A fact by which documents are told apart; the name is that of its part of an address."""

    TYPE = "type"
    VALIDITY = "validity"
    TERM = "term"
    YEAR = "year"
    ISSUER = "issuer"
    SIGNER = "signer"


Chosen = Mapping[Facet, str]
"""The value of each facet that was chosen."""


@dataclass(frozen=True)
class Filters:
    """What narrows the results down, and what stands first among them."""

    chosen: Chosen = field(default_factory=dict)
    sort: Sort = Sort.RELEVANCE
    whole: Facet | None = None
    """The facet of which all values are to be listed."""

    def __bool__(self) -> bool:
        return bool(self.chosen)


@dataclass(frozen=True)
class Value:
    """A value as addresses say it, and how many documents have it."""

    value: str
    count: int


@dataclass(frozen=True)
class Offer:
    """The values of a facet, the most useful first, and how many there are in all."""

    facet: Facet
    values: Sequence[Value]
    total: int


@dataclass(frozen=True)
class Facets:
    """What is known of all documents of a shelf."""

    shelf: Shelf
    validities: Callable[[], Codes]
    terms: Callable[[], Terms]

    def narrowed(self, chosen: Chosen) -> Mask:
        """Return the documents that have all values that were chosen."""
        every = np.arange(len(self.shelf))
        return _all(len(every), [self._having(*each, every) for each in chosen.items()])

    def offers(self, chosen: Chosen, rows: Rows, whole: Facet | None) -> Sequence[Offer]:
        """Return what some documents can be narrowed down by, one facet in full if it is asked.

        The counts of a facet are of the documents that have what was chosen of the others.
        """
        having = {facet: self._having(facet, value, rows) for facet, value in chosen.items()}
        found = []
        for facet in Facet:
            others = [mask for other, mask in having.items() if other is not facet]
            some = rows[_all(len(rows), others)] if others else rows
            most = MOST if facet is whole else TOP
            found.append(self._offer(facet, some, most, chosen.get(facet, "")))
        return found

    def _having(self, facet: Facet, value: str, rows: Rows) -> Mask:
        column = self._columns[facet]
        found: Mask = column.codes(rows) == column.code(value)
        return found

    def _offer(self, facet: Facet, rows: Rows, most: int, chosen: str) -> Offer:
        column = self._columns[facet]
        codes = column.codes(rows)
        counts = np.bincount(codes[codes >= 0])
        known = np.flatnonzero(counts)
        order = known[_ORDERS[facet](known, counts[known])].tolist()
        shown = [code for at, code in enumerate(order) if at < most or code == column.code(chosen)]
        say = column.says(rows)
        return Offer(facet, [Value(say(code), int(counts[code])) for code in shown], len(order))

    @cached_property
    def _columns(self) -> Mapping[Facet, "_Column"]:
        shelf = self.shelf
        return {
            Facet.TYPE: _listed(KINDS, lambda rows: shelf.kinds[rows]),
            Facet.VALIDITY: _listed(VALIDITIES, lambda rows: self.validities()[rows]),
            Facet.TERM: _begun(self.terms()),
            Facet.YEAR: _years(shelf),
            Facet.ISSUER: _names(shelf.words, shelf.issuers),
            Facet.SIGNER: _names(shelf.words, shelf.signers),
        }


@dataclass(frozen=True)
class _Column:
    """A fact of documents as numbers: whose, which one a value has, and the value of each."""

    codes: Callable[[Rows], Codes]
    code: Callable[[str], int]
    says: Callable[[Rows], Callable[[int], str]]


def _listed(values: Sequence[str], codes: Callable[[Rows], Codes]) -> _Column:
    places = {str(value): place for place, value in enumerate(values)}
    return _Column(
        codes, lambda value: places.get(value, _NONE), lambda _: lambda code: str(values[code])
    )


def _years(shelf: Shelf) -> _Column:
    def codes(rows: Rows) -> Codes:
        years = shelf.years[rows]
        return np.where(years > 0, years, -1)

    return _Column(codes, lambda value: int(value) if value.isdecimal() else _NONE, lambda _: str)


def _begun(terms: Terms) -> _Column:
    """Return terms told apart by the year in which they began: when one ends is known only later.

    Each is shown as most of the documents in question have it: no other changes what is seen.
    """
    began = np.array([*map(first_year, terms.spans), -1], np.int32)  # the last is for no term

    def says(rows: Rows) -> Callable[[int], str]:
        counts = np.bincount(terms.codes[rows] + 1, minlength=len(began))[1:].tolist()

        def name(year: int) -> str:
            said = zip(counts, terms.spans, strict=True)
            return max(pair for pair in said if first_year(pair[1]) == year)[1]

        return name

    return _Column(lambda rows: began[terms.codes[rows]], first_year, says)


def _names(words: Names, said: Codes) -> _Column:
    """Return names that are told apart without regard to how they are spelt.

    Each is shown as most of the documents in question have it: no other changes what is seen.
    """
    known = spellings_of(words)

    def code(value: str) -> int:
        key = key_of(value)
        at = bisect_left(known.keys, key)
        return at if key and known.keys[at : at + 1] == [key] else _NONE

    def says(rows: Rows) -> Callable[[int], str]:
        counts = np.bincount(said[rows], minlength=len(known.codes)).tolist()

        def name(code: int) -> str:
            spelt = ((counts[one], words.texts[one]) for one in known.members[code])
            return max(spelt)[1]

        return name

    return _Column(lambda rows: known.codes[said[rows]], code, says)


def _all(size: int, masks: Iterable[Mask]) -> Mask:
    return reduce(np.logical_and, masks, np.ones(size, np.bool_))


def _commonest(codes: Rows, counts: Rows) -> Rows:
    return np.lexsort([codes, -counts])


def _latest(codes: Rows, _counts: Rows) -> Rows:
    return np.arange(len(codes))[::-1]


def _as_listed(codes: Rows, _counts: Rows) -> Rows:
    return np.arange(len(codes))


_ORDERS: Mapping[Facet, Callable[[Rows, Rows], Rows]] = {
    Facet.TYPE: _commonest,
    Facet.VALIDITY: _as_listed,
    Facet.TERM: _latest,
    Facet.YEAR: _latest,
    Facet.ISSUER: _commonest,
    Facet.SIGNER: _commonest,
}
