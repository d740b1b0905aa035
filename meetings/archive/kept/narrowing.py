"""Which documents have what was typed of their fields."""

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from meetings.archive.kept.shelf import KINDS, Codes, Mask, Names, Shelf
from meetings.documents.relations.queries import Validity
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
