"""Put a name on each page of a PDF, and bind several to one book; runs in the sandbox."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pikepdf

from meetings.intake.annotating import annotate
from meetings.intake.shown import Shown, shown

STAMPED = "stamped.pdf"
WIDTH = 595.28  # of the sheets of a stamp: that of A4
LINE, MARK = pikepdf.Name.StampLine, pikepdf.Name.StampMark
OF_A_PICTURE = {"/Type", "/Subtype", "/FormType", "/Resources", "/Group"}
NUMBER, PAGE = pikepdf.Name.StampNumber, pikepdf.Name.StampedPage
HEIGHT_OF_NUMBER = 15
DIGIT = 0.556  # of the height: all digits of Helvetica are as wide
EDGE = 18


class _Stamp:
    """What is put on pages: a line at the foot, a pale mark across, and perhaps a number."""

    def __init__(self, pdf: pikepdf.Pdf, sheets: pikepdf.Pdf) -> None:
        line, mark = (page.as_form_xobject() for page in sheets.pages[:2])
        self._pdf = pdf
        self._forms = {str(LINE): pdf.copy_foreign(line), str(MARK): pdf.copy_foreign(mark)}
        self._font = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font,
                Subtype=pikepdf.Name.Type1,
                BaseFont=pikepdf.Name("/Helvetica-Bold"),
            )
        )

    def put(self, page: pikepdf.Page, number: int | None = None) -> None:
        """Put it on a page, upright and as wide as the page is shown.

        What the page drew becomes one picture below: an unfinished string or an unclosed state
        in it swallows nothing of the stamp.
        """
        view = shown(page)
        short = min(view.width, view.height)
        drawn = [
            _placed(MARK, short / WIDTH, (view.width - short) / 2, (view.height - short) / 2),
            _placed(LINE, view.width / WIDTH, 0, 0),
        ]
        if number is not None:
            drawn.append(_numbered(view, number))
        below = self._picture_of(page)
        page.obj.Resources = pikepdf.Dictionary(
            XObject=pikepdf.Dictionary({str(PAGE): below, **self._forms}),
            Font=pikepdf.Dictionary({str(NUMBER): self._font}),
        )
        matrix = " ".join(f"{part:.4f}" for part in view.matrix)
        content = f"q {PAGE} Do Q q {matrix} cm {' '.join(drawn)} Q"
        page.obj.Contents = self._pdf.make_stream(content.encode())

    def _picture_of(self, page: pikepdf.Page) -> pikepdf.Stream:
        """Return what a page draws, read now: it is drawn by this from now on."""
        drawn = page.as_form_xobject(handle_transformations=False)
        facts = {name: value for name, value in drawn.items() if name in OF_A_PICTURE}
        below = self._pdf.make_stream(drawn.read_bytes(), pikepdf.Dictionary(facts))
        below.BBox = pikepdf.Array(page.mediabox)
        return below


def stamp(source: Path, sheets: Path, target: Path, notes: Iterable[Mapping[str, Any]] = ()) -> int:
    """Write a copy with the stamp on each page, notes above it; return how many pages they are."""
    with pikepdf.open(source) as pdf, pikepdf.open(sheets) as marks:
        put_on = _Stamp(pdf, marks)
        for page in pdf.pages:
            put_on.put(page)
        annotate(pdf, notes)
        pdf.save(target, encryption=False)
        return len(pdf.pages)


def bind(front: Path, papers: Sequence[Path], sheets: Path, target: Path) -> int:
    """Write the front with each paper after its separator, and return how many pages it has.

    The last pages of the front are the separators, one for each paper. Pages of papers are
    numbered on from 1, in their upper right corner; the stamp is on all pages.
    """
    with ExitStack() as opened:
        book, marks = (opened.enter_context(pikepdf.open(path)) for path in (front, sheets))
        leaves = [opened.enter_context(pikepdf.open(path)) for path in papers]
        first = len(book.pages) - len(leaves)
        if first < 0:
            message = f"{len(leaves)} papers and only {len(book.pages)} pages before them"
            raise ValueError(message)
        numbers: dict[int, int] = {}
        place = first
        for leaf in leaves:
            place += 1
            for page in leaf.pages:
                book.pages.insert(place, page)
                numbers[place] = len(numbers) + 1
                place += 1
        put_on = _Stamp(book, marks)
        for index, page in enumerate(book.pages):
            put_on.put(page, numbers.get(index))
        book.save(target, encryption=False)
        return len(book.pages)


def _placed(name: pikepdf.Name, scale: float, right: float, up: float) -> str:
    return f"q {scale:.5f} 0 0 {scale:.5f} {right:.3f} {up:.3f} cm {name} Do Q"


def _numbered(view: Shown, number: int) -> str:
    size = HEIGHT_OF_NUMBER * min(view.width, view.height) / WIDTH
    right = view.width - EDGE - DIGIT * size * len(str(number))
    up = view.height - EDGE - size
    return f"BT 0.55 0 0.05 rg {NUMBER} {size:.2f} Tf {right:.2f} {up:.2f} Td ({number}) Tj ET"
