"""The picture that covers a page, if it was scanned; runs in the sandbox."""

import pypdfium2
import pypdfium2.raw as pdfium_c

SCANNED = 0.5  # of a page that a picture covers; a text layer upon it is a guess
POINTS = 72  # an inch


def is_scanned(page: pypdfium2.PdfPage) -> bool:
    """Tell whether one picture covers most of a page."""
    return resolution_of(page) > 0


def resolution_of(page: pypdfium2.PdfPage) -> float:
    """Return the dots an inch of the picture that covers most of a page; 0 without one."""
    width, height = page.get_size()
    found = 0.0
    for drawn in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE]):
        left, bottom, right, top = drawn.get_bounds()
        area = (right - left) * (top - bottom)
        if area > SCANNED * width * height:
            across, down = drawn.get_px_size()
            found = max(found, POINTS * (across * down / area) ** 0.5)
    return found
