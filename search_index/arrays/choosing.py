"""Choose the best few of many without sorting them all."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search_index.arrays.flat import Whole

_BLOCK = 64
_MANY = 4096

Key = Callable[[Whole], NDArray[Any]]


def best(first: NDArray[Any], later: Sequence[Key], count: int) -> Whole:
    """Return the places of the largest in order; a later key is asked only about what is equal."""
    chosen = _candidates(first, count)
    keys = [first[chosen]]
    for key in later:
        kept = _narrowed(keys, key(chosen), count)
        keys = [each[kept] for each in (*keys, key(chosen))]
        chosen = chosen[kept]
    order = np.lexsort([-key for key in reversed(keys)])
    return chosen[order[:count]]


def _candidates(key: NDArray[Any], count: int) -> Whole:
    """Return the places of the best and of what equals the last of them."""
    size = len(key)
    if size <= count:
        return np.arange(size)
    if size > max(_MANY, _BLOCK * count):
        # as many blocks have a maximum of at least this one, so the last of the best is no less
        whole = size // _BLOCK * _BLOCK
        peaks = key[:whole].reshape(-1, _BLOCK).max(axis=1)
        some = np.flatnonzero(key >= np.partition(peaks, -count)[-count])
        return some[_candidates(key[some], count)] if len(some) < size // 2 else _least(key, count)
    return _least(key, count)


def _least(key: NDArray[Any], count: int) -> Whole:
    return np.flatnonzero(key >= np.partition(key, -count)[-count])


def _narrowed(keys: Sequence[NDArray[Any]], last: NDArray[Any], count: int) -> Whole:
    """Return the places that stay: what is above the last of the best, and the best of its equals.

    All that is left equals the last of the best or is above it, so the least is the last.
    """
    if len(last) <= count:
        return np.arange(len(last))
    tied = np.ones(len(last), np.bool_)
    for key in keys:
        tied &= key == key[tied].min()
    equal = np.flatnonzero(tied)
    room = count - (len(last) - len(equal))
    kept = ~tied
    kept[equal[_candidates(last[equal], room)]] = True
    return np.flatnonzero(kept)
