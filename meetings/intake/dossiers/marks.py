"""The mark of a form in its corner, as "Mẫu 3-HSĐV"."""

import re

from meetings.intake.dossiers.nearness import bare
from meetings.intake.dossiers.pages import DossierPage
from meetings.intake.dossiers.rules import MARKS

MOST_LINES = 60
CORNER = 0.25
_MARK = re.compile(r"m[a-z]{0,3}(?P<number>\d{1,2}[a-c]?)(?P<series>h[s5]d[vyu]|hsbv|kn[dbo])")
_ANY_MARK = re.compile(r"m[a-z]{0,3}\d{1,2}[a-c]?[a-z][a-z0-9]{2,4}")


def mark_of(page: DossierPage) -> int | None:
    """Return the kind that the mark of a form in the corner names."""
    for line in page.lines[:MOST_LINES]:
        found = _MARK.search(bare(line.text)) if line.box.y < CORNER else None
        if found:
            series = "knd" if found["series"].startswith("kn") else "hsdv"
            return MARKS.get(found["number"] + series)
    return None


def has_mark(page: DossierPage) -> bool:
    """Tell whether the mark of any form stands in the corner."""
    lines = page.lines[:MOST_LINES]
    return any(line.box.y < CORNER and _ANY_MARK.fullmatch(bare(line.text)) for line in lines)
