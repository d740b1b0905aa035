"""Read a page's text and its words, each with its place on the page as displayed."""

import ctypes
import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import closing

import pypdfium2
import pypdfium2.raw as pdfium_c

from meetings.intake.legacy import LONE_SYMBOL
from meetings.intake.legacy.layer import repaired_layer
from meetings.intake.prepared import Box, Word

# pdfium writes U+0002 for a hyphen at a line's end and leaves out the end itself. Between small
# letters it divides a word; elsewhere it belongs to the text, as in "126/2024/NĐ-CP".
_LINE_HYPHEN = "\x02"
_DIVISION = "\x03"
_AROUND_LINE_HYPHEN = re.compile(r"(?<=(.))\x02(?=(.))", re.DOTALL)
_WORD = re.compile(r"[^\s\x02\x03]+\x02?")
_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\ufffe\uffff]")
_NO_CHARACTER = re.compile(r"[\ud800-\udfff]")

_UNITS = 1_000_000  # of the page's width and height, for pdfium's whole numbers
_FAR = 1000.0

_Edges = tuple[float, float, float, float]


def read_text(page: pypdfium2.PdfPage) -> tuple[str, tuple[Word, ...]]:
    """Return a page's text and its words, both in the order of the file's own text."""
    with closing(page.get_textpage()) as text_page:
        read = "".join(
            chr(pdfium_c.FPDFText_GetUnicode(text_page, index))
            for index in range(text_page.count_chars())
        )
        read = repaired_layer(text_page, read)
        characters = _NO_CHARACTER.sub("\ufffd", _AROUND_LINE_HYPHEN.sub(_settled, read))
        lines = (" ".join(line.split()) for line in _cleaned(characters).splitlines())
        return "\n".join(lines).strip(), tuple(_words(page, text_page, characters))


def _settled(hyphen: re.Match[str]) -> str:
    before, after = hyphen.groups()
    return _DIVISION if before.islower() and after.islower() else _LINE_HYPHEN


def _cleaned(characters: str) -> str:
    visible = _INVISIBLE.sub("", LONE_SYMBOL.sub("", characters.replace(_LINE_HYPHEN, "-")))
    return unicodedata.normalize("NFC", visible)


def _words(
    page: pypdfium2.PdfPage, text_page: pypdfium2.PdfTextPage, characters: str
) -> Iterator[Word]:
    """Yield the words that stand on the visible part of the page."""
    on_display = _display(page)
    for match in _WORD.finditer(characters):
        text = _cleaned(match.group())
        first = _edges(text_page, match.start())
        last = _edges(text_page, match.end() - 1)
        box = on_display(
            (
                min(first[0], last[0]),
                min(first[1], last[1]),
                max(first[2], last[2]),
                max(first[3], last[3]),
            )
        )
        if text and box.w > 0 and box.h > 0:
            yield Word(text, *box)


def _edges(text_page: pypdfium2.PdfTextPage, index: int) -> _Edges:
    """Return left, bottom, right and top of a character with the height of its font."""
    found = pdfium_c.FS_RECTF()
    pdfium_c.FPDFText_GetLooseCharBox(text_page, index, found)
    return found.left, found.bottom, found.right, found.top


def _display(page: pypdfium2.PdfPage) -> Callable[[_Edges], Box]:
    """Return the way from the file's coordinates to the page as displayed: cut and turned."""
    x0, y0 = _shown(page, 0, 0)
    x1, y1 = _shown(page, _FAR, 0)
    x2, y2 = _shown(page, 0, _FAR)
    across = ((x1 - x0) / _FAR, (x2 - x0) / _FAR)
    down = ((y1 - y0) / _FAR, (y2 - y0) / _FAR)

    def on_display(edges: _Edges) -> Box:
        left, bottom, right, top = edges
        xs = [
            _within(x0 + across[0] * x + across[1] * y) for x, y in ((left, bottom), (right, top))
        ]
        ys = [_within(y0 + down[0] * x + down[1] * y) for x, y in ((left, bottom), (right, top))]
        return Box(min(xs), min(ys), round(abs(xs[1] - xs[0]), 4), round(abs(ys[1] - ys[0]), 4))

    return on_display


def _shown(page: pypdfium2.PdfPage, x: float, y: float) -> tuple[float, float]:
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDF_PageToDevice(page, 0, 0, _UNITS, _UNITS, 0, x, y, across, down)
    return across.value / _UNITS, down.value / _UNITS


def _within(fraction: float) -> float:
    return round(min(max(fraction, 0.0), 1.0), 4)
