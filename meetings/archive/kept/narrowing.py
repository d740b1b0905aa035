"""Which documents have what was asked of their fields, and how many there are of each value."""

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from meetings.archive.kept.shelf import KINDS, Codes, Mask, Names, Rows, Shelf
from meetings.documents.relations.queries import Validity
from meetings.models import DocumentType
from search_index import Field, Filter, fits

VALIDITIES = tuple(Validity)


def having(shelf: Shelf, asked: Filter, validities: Callable[[], Codes]) -> Mask:
    """Return the documents that have what was asked of one of their fields, or have it not.

    `validities` tells of each document its place among VALIDITIES, -1 for what only is.
    """
    found: Mask
    match asked.field:
        case Field.KIND:
            found = shelf.kinds == _place(KINDS, asked.value)
        case Field.ISSUED:
            days, wanted = shelf.days, asked.days
            found = (days > 0) & (wanted.first <= days) & (days <= wanted.last)
        case Field.ISSUER:
            found = _saying(shelf.words, shelf.issuers, asked.value)
        case Field.SIGNER:
            found = _saying(shelf.words, shelf.signers, asked.value)
        case Field.VALIDITY:
            found = validities() == _place(VALIDITIES, asked.value)
        case _:  # a number is found by the index
            return np.ones(len(shelf), np.bool_)
    return ~found if asked.refused else found


def chosen(shelf: Shelf, doc_type: DocumentType | None, year: int | None) -> Mask:
    """Return the documents of a kind and of a year, as far as they were given."""
    found = np.ones(len(shelf), np.bool_)
    if doc_type is not None:
        found &= shelf.kinds == KINDS.index(doc_type)
    if year is not None:
        found &= (shelf.days > 0) & (shelf.years == year)
    return found


def types_of(shelf: Shelf, rows: Rows) -> list[tuple[DocumentType, int]]:
    """Return how many of some documents are of each kind, the commonest first."""
    counts = np.bincount(shelf.kinds[rows], minlength=len(KINDS)).tolist()
    found = [(kind, count) for kind, count in zip(KINDS, counts, strict=True) if count]
    return sorted(found, key=lambda each: (-each[1], each[0]))


def years_of(shelf: Shelf, rows: Rows) -> list[tuple[int, int]]:
    """Return how many of some documents are of each year, the latest first."""
    counts = np.bincount(shelf.years[rows])
    known = np.flatnonzero(counts[1:]) + 1
    return [(year, int(counts[year])) for year in reversed(known.tolist())]


def newest(shelf: Shelf, rows: Rows, count: int) -> Rows:
    """Return the newest of some documents in order; of one day the last id comes first."""
    days = shelf.days[rows]
    if count < len(rows):
        least = np.partition(days, -count)[-count]
        rows, days = rows[days >= least], days[days >= least]
    names = [shelf.names.texts[row] for row in rows.tolist()]
    order = sorted(range(len(names)), key=lambda at: (days[at], names[at]), reverse=True)
    return rows[order[:count]]


def _place(values: tuple[str, ...], value: str) -> int:
    """Return the place of a value; what is none is past them all."""
    return values.index(value) if value in values else len(values)


def _saying(words: Names, codes: Codes, value: str) -> Mask:
    """Return the documents of which a text fits what was asked; each text is read once."""
    used, of = np.unique(codes, return_inverse=True)
    fitting = [_fits(value, words.texts[code]) for code in used.tolist()]
    found: NDArray[np.bool_] = np.array(fitting, np.bool_)[of]
    return found


@lru_cache(maxsize=1 << 14)
def _fits(value: str, said: str) -> bool:
    return fits(value, [said])
