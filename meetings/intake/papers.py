"""Open the pages of a PDF with what was laid upon them: numbers, dates, stamps and seals."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium_c

from meetings.intake.memory import descriptor_of


def document(path: Path) -> pypdfium2.PdfDocument:
    """Open a PDF, also one in memory: pypdfium2 looks for the name behind a path, it has none."""
    if descriptor_of(path) is None:
        return pypdfium2.PdfDocument(path)
    return pypdfium2.PdfDocument(path.open("rb"), autoclose=True)


@contextmanager
def opened(pdf: pypdfium2.PdfDocument, number: int) -> Iterator[pypdfium2.PdfPage]:
    """Open a page, counted from 1, as a reader of paper sees it.

    Signing programs write the number and the day of a document into annotations; neither pdfium's
    text nor its picture would show them unless they are made part of the page.
    """
    page = pdf.get_page(number - 1)
    with closing(page):
        if not _laid_flat(page):
            yield page
            return
    with closing(pdf.get_page(number - 1)) as flat:
        yield flat


def _laid_flat(page: pypdfium2.PdfPage) -> bool:
    """Make what was laid upon a page part of it; tell whether there was anything."""
    if not pdfium_c.FPDFPage_GetAnnotCount(page):
        return False
    laid = pdfium_c.FPDFPage_Flatten(page, pdfium_c.FLAT_NORMALDISPLAY)
    return bool(laid == pdfium_c.FLATTEN_SUCCESS)
