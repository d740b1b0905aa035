"""Make pages ready for the reader; runs in the sandbox, never in web or worker."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import pypdfium2

from meetings.intake.ink import ink_of
from meetings.intake.papers import document, opened
from meetings.intake.pictures import save_renditions, save_sharp
from meetings.intake.prepared import NO_TURNS, PreparedPage
from meetings.intake.quality import needs_recognition
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
    """Yield each page, counted from 1, once its first pictures lie in the output folder.

    Pages that lay on their side or head in the scanner are turned upright first.
    """
    return _drawn(path, output, numbers, turns, _prepared)


def sharpen(
    path: Path, output: Path, numbers: Sequence[int], turns: Mapping[int, int] = NO_TURNS
) -> Iterator[PreparedPage]:
    """Yield each page without its text, once its sharp picture lies in the output folder."""
    return _drawn(path, output, numbers, turns, _sharpened)


def _drawn(
    path: Path,
    output: Path,
    numbers: Sequence[int],
    turns: Mapping[int, int],
    make: Callable[[pypdfium2.PdfPage, int, Path], PreparedPage],
) -> Iterator[PreparedPage]:
    try:
        pdf = document(path)
    except pypdfium2.PdfiumError:
        yield from (PreparedPage(number=number, reason=Reason.DAMAGED) for number in numbers)
        return
    with closing(pdf):
        for number in numbers:
            try:
                with opened(pdf, number) as page:
                    page.set_rotation((page.get_rotation() - 90 * turns.get(number, 0)) % 360)
                    made = make(page, number, output)
            except tuple(_REASONS) as error:
                made = PreparedPage(number=number, reason=_reason_of(error))
            yield made


def _reason_of(error: Exception) -> Reason:
    return next(reason for kind, reason in _REASONS.items() if isinstance(error, kind))


def _prepared(page: pypdfium2.PdfPage, number: int, output: Path) -> PreparedPage:
    width, height = page.get_size()
    crop = save_renditions(page, number, output)
    text, words = read_text(page)
    return PreparedPage(
        number=number,
        width=width,
        height=height,
        crop=crop,
        text=text,
        words=words,
        legible=bool(text) and not needs_recognition(text, ink=lambda: ink_of(page)),
    )


def _sharpened(page: pypdfium2.PdfPage, number: int, output: Path) -> PreparedPage:
    width, height = page.get_size()
    save_sharp(page, number, output)
    return PreparedPage(number=number, width=width, height=height)
