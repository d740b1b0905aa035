"""Say where on a scanned page a second look at the signature pays, and take what it reads."""

from collections.abc import Iterable
from dataclasses import replace

from meetings.intake.header.lines import lines_of
from meetings.intake.header.signature import signs_from
from meetings.intake.page_text import PageText
from meetings.intake.prepared import Box, Word

_ABOVE = 0.06
_HEIGHT = 0.38


def signature_area(page: PageText) -> Box | None:
    """Return the right half beside the recipients, where a seal hides the name from a reader.

    Read it again from the red channel of the picture, in which the seal is as white as paper.
    """
    line = signs_from(lines_of(page))
    if line is None:
        return None
    top = max(0.0, line.box.y - _ABOVE)
    return Box(0.5, top, 0.5, min(1.0, top + _HEIGHT) - top)


def with_second_look(page: PageText, area: Box, words: Iterable[Word]) -> PageText:
    """Return the page with these words in place of those that begin inside the area."""
    kept = [
        word
        for word in page.words
        if not (area.x <= word.x < area.x + area.w and area.y <= word.y < area.y + area.h)
    ]
    return replace(page, words=(*kept, *words))
