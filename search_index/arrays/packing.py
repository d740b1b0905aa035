"""Pack runs of numbers into bytes, each run with the narrowest width that fits all of it."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from search_index.arrays.flat import Small, Whole

Bytes = NDArray[np.uint8]
TYPES: dict[int, np.dtype[Any]] = {
    1: np.dtype("<u1"),
    2: np.dtype("<u2"),
    4: np.dtype("<u4"),
}


def widths(values: Small, begins: Whole, *, none: int = -1) -> Whole:
    """Return the bytes a number of each run needs; 0 where all are `none`, or there are none."""
    sizes = np.diff(begins)
    needs = np.zeros(len(sizes), np.int64)
    filled = np.flatnonzero(sizes)
    if len(filled):
        most = np.maximum.reduceat(values, begins[:-1][filled])
        need = np.where(most < 1 << 8, 1, np.where(most < 1 << 16, 2, 4))
        needs[filled] = np.where(most == none, 0, need)
    return needs


def pack(values: Small, begins: Whole, width: Whole) -> tuple[Bytes, Whole]:
    """Return all runs as bytes, and where each begins."""
    sizes = np.diff(begins)
    at = np.concatenate(([0], np.cumsum(sizes * width)))
    packed = np.empty(at[-1], np.uint8)
    for each, kind in TYPES.items():
        chosen = width == each
        if chosen.any():
            as_bytes = values[np.repeat(chosen, sizes)].astype(kind).view(np.uint8)
            packed[np.repeat(chosen, np.diff(at))] = as_bytes
    return packed, at


def unpack(packed: Bytes, at: Whole, begins: Whole, *, none: int = 0) -> Small:
    """Return the numbers of all runs end to end."""
    sizes = np.diff(begins)
    width = np.diff(at) // np.maximum(sizes, 1)
    values = np.full(begins[-1], none, np.uint32)
    for each, kind in TYPES.items():
        chosen = (width == each) & (sizes > 0)
        if chosen.any():
            as_bytes = packed[at[0] : at[-1]][np.repeat(chosen, np.diff(at))]
            values[np.repeat(chosen, sizes)] = as_bytes.view(kind)
    return values


def one(packed: Bytes, ends: NDArray[Any], size: int) -> Any:
    """Return the numbers of a single run, a view of the bytes; None if it took none."""
    start, end = ends.tolist()
    return packed[start:end].view(TYPES[(end - start) // size]) if end > start else None
