"""Take a page's characters and their boxes from pdfium in bulk, not one call at a time."""

import ctypes
from collections import deque
from collections.abc import Sequence
from itertools import repeat

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray

_LINE_HYPHEN = "\x02"
_NONCHARACTER = "\ufffe"  # what the bulk reading says for it
_EDGES = 4
_EDGE_BYTES = ctypes.sizeof(ctypes.c_float)
_loose_box = ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(
    ctypes.cast(pdfium_c.FPDFText_GetLooseCharBox, ctypes.c_void_p).value or 0
)


def characters_of(text_page: pypdfium2.PdfTextPage) -> str:
    """Return the characters of a page, one for each index that pdfium gives a box for."""
    count = text_page.count_chars()
    units = (ctypes.c_ushort * (count + 1))()
    written = pdfium_c.FPDFText_GetText(text_page, 0, count, units)
    read = bytes(units)[: 2 * (written - 1)].decode("utf-16-le", "surrogatepass")
    if written == len(read) + 1 == count + 1:
        return read.replace(_NONCHARACTER, _LINE_HYPHEN)
    return "".join(chr(pdfium_c.FPDFText_GetUnicode(text_page, index)) for index in range(count))


def edges_of(text_page: pypdfium2.PdfTextPage, indices: Sequence[int]) -> NDArray[np.float64]:
    """Return left, bottom, right and top of characters with the height of their font, row by row.

    The rows have the order of pdfium's own rectangle: left, top, right, bottom there.
    """
    rows = np.zeros((len(indices), _EDGES), np.float32)
    handle = ctypes.cast(text_page.raw, ctypes.c_void_p).value
    first, step = rows.ctypes.data, _EDGES * _EDGE_BYTES
    places = range(first, first + step * len(indices), step)
    deque(map(_loose_box, repeat(handle), indices, places), maxlen=0)
    return rows[:, (0, 3, 2, 1)].astype(np.float64)
