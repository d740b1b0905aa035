"""Make pages ready for the reader; runs in the sandbox, never in web or worker."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import pypdfium2

from meetings.intake.papers import document, opened
from meetings.intake.pictures import save_renditions
from meetings.intake.prepared import NO_TURNS, PreparedPage
from meetings.intake.verdict import Reason
from meetings.intake.words import read_text

_REASONS: dict[type[Exception], Reason] = {
    pypdfium2.PdfiumError: Reason.DAMAGED,
    MemoryError: Reason.OUT_OF_MEMORY,
    OSError: Reason.TOO_MUCH_OUTPUT,
}


def prepare(
    path: Path, output: Path, numbers: Sequence[int], turns: Mapping[int, int] = NO_TURNS
) -> Iterator[PreparedPage]:
    """Yield each page, counted from 1, once its pictures lie in the output folder.

    Pages that lay on their side or head in the scanner are turned upright first.
    """
    try:
        pdf = document(path)
    except pypdfium2.PdfiumError:
        yield from (PreparedPage(number=number, reason=Reason.DAMAGED) for number in numbers)
        return
    with closing(pdf):
        for number in numbers:
            yield _prepared(pdf, number, output, turns.get(number, 0))


def _prepared(pdf: pypdfium2.PdfDocument, number: int, output: Path, quarters: int) -> PreparedPage:
    try:
        with opened(pdf, number) as page:
            page.set_rotation((page.get_rotation() - 90 * quarters) % 360)
            width, height = page.get_size()
            crop = save_renditions(page, number, output)
            text, words = read_text(page)
    except tuple(_REASONS) as error:
        reason = next(reason for kind, reason in _REASONS.items() if isinstance(error, kind))
        return PreparedPage(number=number, reason=reason)
    return PreparedPage(
        number=number, width=width, height=height, crop=crop, text=text, words=words
    )
