"""Read the text of pages, from their layer or else from their picture; runs in the sandbox."""

import logging
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pypdfium2
from PIL import Image

from meetings.intake import tesseract
from meetings.intake.ink import ink_of
from meetings.intake.page_text import PageText, Source
from meetings.intake.papers import document, opened
from meetings.intake.prepared import Word
from meetings.intake.quality import needs_recognition, quality
from meetings.intake.scans import resolution_of
from meetings.intake.words import read_text

DPI = 300
COARSEST = 200  # of a scan; coarser ones are read better enlarged
LARGEST = 5000  # pixels across or down; a plan on A0 is read coarser
POINTS = 72

log = logging.getLogger(__name__)


def read_pages(path: Path, numbers: Sequence[int] | None, *, recognise: bool) -> Iterator[PageText]:
    """Yield the text of the pages asked for, counted from 1, or of all."""
    recognise = recognise and tesseract.is_available()
    with closing(document(path)) as pdf:
        for number in range(1, len(pdf) + 1) if numbers is None else numbers:
            try:
                with opened(pdf, number) as page:
                    yield _read(page, number, recognise=recognise)
            except pypdfium2.PdfiumError:
                from meetings.intake.second_opinion import second_opinion

                yield _layer(number, second_opinion(path, number))


def _read(page: pypdfium2.PdfPage, number: int, *, recognise: bool) -> PageText:
    text, words = read_text(page)
    if recognise and needs_recognition(text, ink=lambda: ink_of(page)):
        from meetings.intake import ocr  # most papers need no recognition, and not its tables

        try:
            return ocr.read_picture(_picture(page), number, _fineness(page))
        except (OSError, subprocess.TimeoutExpired):
            log.warning("page %d could not be recognised", number)
    return _layer(number, text, words)


def _layer(number: int, text: str, words: tuple[Word, ...] = ()) -> PageText:
    source = Source.LAYER if text else Source.NONE
    trust = round(quality(text), 3)
    return PageText(number=number, text=text, words=words, source=source, quality=trust)


def _fineness(page: pypdfium2.PdfPage) -> float:
    """Return how finely the scanner saw a page, as a share of how finely it is drawn."""
    seen = resolution_of(page)
    return min(max(seen, COARSEST), DPI) / DPI if seen else 1.0


def _picture(page: pypdfium2.PdfPage) -> Image.Image:
    scale = min(DPI / POINTS, LARGEST / max(*page.get_size(), 1))
    image: Image.Image = page.render(scale=scale, rev_byteorder=True).to_pil()
    return image.convert("RGB")
