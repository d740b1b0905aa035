"""Read a page with another program where the first one reads nothing; runs in the sandbox."""

import unicodedata
from pathlib import Path

import pypdf
from pypdf.errors import PyPdfError

_UNREADABLE = (
    PyPdfError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    OSError,
    RecursionError,
)


def second_opinion(path: Path, number: int) -> str:
    """Return what pypdf reads on a page, counted from 1, without places; nothing if it cannot."""
    try:
        with pypdf.PdfReader(path) as pdf:
            return unicodedata.normalize("NFC", pdf.pages[number - 1].extract_text()).strip()
    except _UNREADABLE:
        return ""
