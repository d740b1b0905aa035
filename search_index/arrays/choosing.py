"""Choose the best few of many without sorting them all."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search_index.arrays.flat import Whole

_BLOCK = 64
_MANY = 4096


def best(keys: Sequence[NDArray[Any]], count: int) -> Whole:
    """Return the places of the best, in order: by the first key, largest first, then the next."""
    chosen = _candidates(keys[0], count)
    for at in range(1, len(keys)):
        if len(chosen) <= count:
            break
        chosen = _narrowed([key[chosen] for key in keys[: at + 1]], chosen, count)
    order = np.lexsort([-key[chosen] for key in reversed(keys)])
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


def _narrowed(keys: Sequence[NDArray[Any]], chosen: Whole, count: int) -> Whole:
    """Drop those that equal the last of the best in all keys but the last and are less in that."""
    tied = np.ones(len(chosen), np.bool_)
    room = count
    for key in keys[:-1]:
        last = key[tied].min()
        above = tied & (key > last)
        room -= int(np.count_nonzero(above))
        tied &= key == last
    equal = np.flatnonzero(tied)
    kept = ~tied
    kept[equal[_candidates(keys[-1][equal], room)]] = True
    return chosen[kept]
