"""Look for a mark of secrecy in a PDF or a picture, its text and its first and last pages."""

import warnings
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps

from meetings.intake.kinds import BY_MEDIA_TYPE, Family
from meetings.intake.office.text import read_text
from meetings.intake.page_text import PageText, Source
from meetings.intake.papers import document, opened
from meetings.intake.pictures import draw
from meetings.intake.prepared import Word
from meetings.intake.scans import is_scanned
from meetings.intake.secrecy.finding import Finding
from meetings.intake.secrecy.picture import WIDTH, secrecy_in_picture
from meetings.intake.secrecy.shown import looked_at
from meetings.intake.secrecy.text import secrecy_in_text
from meetings.intake.words import read_text as read_layer

AT_ONCE = 2

Look = tuple[int, Image.Image, Sequence[Word] | None]


def gate(path: Path, media_type: str, *, seeing: bool = True) -> Finding | None:
    """Return the mark of secrecy that a file bears; raise for kinds that nobody can look at.

    Without `seeing` only the text is read, as where nothing reads pictures.
    """
    family = BY_MEDIA_TYPE[media_type].family
    if family is Family.PDF:
        with closing(document(path)) as pdf:
            return _in_pdf(pdf, seeing=seeing)
    if family is Family.PICTURE:
        return _first_seen(frames(path)) if seeing else None
    if family is Family.OFFICE:
        return secrecy_in_text(list(read_text(path, media_type)))
    if family is Family.TEXT:
        text = path.read_text(encoding="utf-8", errors="replace")
        return secrecy_in_text([_page_text(1, text, ())])
    message = f"{media_type} has neither a text layer nor a picture"
    raise ValueError(message)


def _in_pdf(pdf: pypdfium2.PdfDocument, *, seeing: bool) -> Finding | None:
    count = len(pdf)
    shown = looked_at(count)
    found = secrecy_in_text([_plain(pdf, number) for number in range(1, count + 1)])
    if found:
        return found
    looks = []
    for number in shown:
        with opened(pdf, number) as page:
            text, words = read_layer(page)
            found = secrecy_in_text([_page_text(number, text, words)])
            if found:
                return found
            looks.append((number, draw(page, WIDTH), None if is_scanned(page) else words))
    return _first_seen(looks) if seeing else None


def _first_seen(looks: Iterable[Look]) -> Finding | None:
    """Look at pages two at a time; tesseract takes a processor for each."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        seen = {
            pool.submit(secrecy_in_picture, picture, known): number
            for number, picture, known in looks
        }
        for look in as_completed(seen):
            found = look.result()
            if found:
                pool.shutdown(wait=False, cancel_futures=True)
                return replace(found, page=seen[look])
    return None


def _plain(pdf: pypdfium2.PdfDocument, number: int) -> PageText:
    """Return a page's text as pdfium reads it, without the places of its words."""
    with closing(pdf.get_page(number - 1)) as page, closing(page.get_textpage()) as text_page:
        return _page_text(number, text_page.get_text_range(), ())


def _page_text(number: int, text: str, words: Sequence[Word]) -> PageText:
    return PageText(number=number, text=text, words=tuple(words), source=Source.LAYER)


def frames(path: Path) -> Iterator[Look]:
    """Yield the first and last frames of a picture, upright, with nothing known of their words."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(path) as picture:
            for number in looked_at(getattr(picture, "n_frames", 1)):
                picture.seek(number - 1)
                yield number, ImageOps.exif_transpose(picture).convert("RGB"), None
