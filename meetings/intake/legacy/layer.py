"""Repair the characters of a PDF page's text layer, each run by the font it is set in."""

import ctypes
from functools import lru_cache
from itertools import groupby

import pypdfium2
import pypdfium2.raw as pdfium_c

from meetings.intake.legacy.encodings import Encoding
from meetings.intake.legacy.repair import guess, is_suspect, of_font, repair

_NAME_BYTES = 128


def repaired_layer(text_page: pypdfium2.PdfTextPage, characters: str) -> str:
    """Return the characters of a page in Unicode, as many as before; good ones stay as they are.

    Where a font is not old, what the page reads like decides.
    """
    if not is_suspect(characters):
        return characters
    fallback = guess(characters)
    name = ctypes.create_string_buffer(_NAME_BYTES)
    encodings = (_encoding(text_page, at, name) or fallback for at in range(len(characters)))
    runs = groupby(zip(characters, encodings, strict=True), key=lambda pair: pair[1])
    return "".join(_shown("".join(c for c, _ in run), known) for known, run in runs)


def _shown(text: str, encoding: Encoding | None) -> str:
    return repair(text, encoding, keep_places=True) if encoding else text


def _encoding(
    text_page: pypdfium2.PdfTextPage, index: int, name: "ctypes.Array[ctypes.c_char]"
) -> Encoding | None:
    """Return the encoding of a character by its font; `name` is room to write the font's name."""
    length = pdfium_c.FPDFText_GetFontInfo(text_page, index, name, _NAME_BYTES, None)
    return _of_name(name.value) if 0 < length <= _NAME_BYTES else None


@lru_cache(maxsize=64)
def _of_name(font: bytes) -> Encoding | None:
    return of_font(font.decode(errors="replace"))
