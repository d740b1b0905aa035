"""Read a page's text and its words, each with its place on the page as displayed."""

import ctypes
import re
import unicodedata
from contextlib import closing

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray

from meetings.intake.characters import characters_of, edges_of
from meetings.intake.legacy import LONE_SYMBOL
from meetings.intake.legacy.layer import repaired_layer
from meetings.intake.prepared import Word, words_from

# pdfium writes U+0002 for a hyphen at a line's end and leaves out the end itself. Between small
# letters it divides a word; elsewhere it belongs to the text, as in "126/2024/NĐ-CP".
_LINE_HYPHEN = "\x02"
_DIVISION = "\x03"
_AROUND_LINE_HYPHEN = re.compile(r"(?<=(.))\x02(?=(.))", re.DOTALL)
_WORD = re.compile(r"[^\s\x02\x03]+\x02?")
_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\ufffe\uffff]")
_HALF = re.compile(r"[\ud800-\udfff]")

_UNITS = 1_000_000  # of the page's width and height, for pdfium's whole numbers
_FAR = 1000.0

_Row = NDArray[np.float64]


def read_text(page: pypdfium2.PdfPage) -> tuple[str, tuple[Word, ...]]:
    """Return a page's text and its words, both in the order of the file's own text."""
    with closing(page.get_textpage()) as text_page:
        read = repaired_layer(text_page, characters_of(text_page))
        if _HALF.search(read):
            read = _HALF.sub("\ufffd", read)
        characters = _AROUND_LINE_HYPHEN.sub(_settled, read) if _LINE_HYPHEN in read else read
        lines = map(" ".join, map(str.split, _cleaned(characters).splitlines()))
        return "\n".join(lines).strip(), tuple(_words(page, text_page, characters))


def _settled(hyphen: re.Match[str]) -> str:
    before, after = hyphen.groups()
    return _DIVISION if before.islower() and after.islower() else _LINE_HYPHEN


def _cleaned(characters: str) -> str:
    visible = _INVISIBLE.sub("", LONE_SYMBOL.sub("", characters.replace(_LINE_HYPHEN, "-")))
    return unicodedata.normalize("NFC", visible)


def _words(
    page: pypdfium2.PdfPage, text_page: pypdfium2.PdfTextPage, characters: str
) -> list[Word]:
    """Return the words that stand on the visible part of the page."""
    spans = [match.span() for match in _WORD.finditer(characters)]
    if not spans:
        return []
    texts = _cleaned(" ".join(characters[start:end] for start, end in spans)).split(" ")
    edges = edges_of(text_page, [at for start, end in spans for at in (start, end - 1)])
    left, bottom = np.minimum(edges[::2], edges[1::2])[:, :2].T
    right, top = np.maximum(edges[::2], edges[1::2])[:, 2:].T
    x, y, w, h = _displayed(page, left, bottom, right, top)
    shown = (w > 0) & (h > 0)
    words = words_from(texts, x.tolist(), y.tolist(), w.tolist(), h.tolist())
    if shown.all() and all(texts):
        return list(words)
    return [word for word, seen in zip(words, shown, strict=True) if seen and word.text]


def _displayed(
    page: pypdfium2.PdfPage, left: _Row, bottom: _Row, right: _Row, top: _Row
) -> tuple[_Row, _Row, _Row, _Row]:
    """Return x, y, w and h of boxes given by their edges in the file, on the page as displayed."""
    x0, y0 = _shown(page, 0, 0)
    x1, y1 = _shown(page, _FAR, 0)
    x2, y2 = _shown(page, 0, _FAR)
    ends = (left, bottom), (right, top)
    xs = [_within(x0 + (x1 - x0) / _FAR * x + (x2 - x0) / _FAR * y) for x, y in ends]
    ys = [_within(y0 + (y1 - y0) / _FAR * x + (y2 - y0) / _FAR * y) for x, y in ends]
    w, h = np.abs(xs[1] - xs[0]).round(4), np.abs(ys[1] - ys[0]).round(4)
    return np.minimum(*xs), np.minimum(*ys), w, h


def _shown(page: pypdfium2.PdfPage, x: float, y: float) -> tuple[float, float]:
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDF_PageToDevice(page, 0, 0, _UNITS, _UNITS, 0, x, y, across, down)
    return across.value / _UNITS, down.value / _UNITS


def _within(fractions: _Row) -> _Row:
    return fractions.clip(0, 1).round(4)
