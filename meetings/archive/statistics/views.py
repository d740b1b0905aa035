"""The archive in figures: bars drawn on the server, each with a table of the same numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from meetings.archive.fruitless.queries import not_found
from meetings.archive.statistics.queries import figures
from meetings.documents.forms import DOCUMENT_TYPES
from meetings.intake.page_text import Source
from meetings.models import VersionState
from meetings.policy import Permission, allows
from meetings.web.context import person_asking, session
from meetings.web.pages import Pages

SHOWN = 12
LENGTH, ROW, TEXT = 380, 40, 300
"""The longest bar, the height of a row, the room for the words before it."""
LETTERS = 30
STATES = {
    VersionState.READY: lazy_gettext("Can be read on screen"),
    VersionState.RECEIVED: lazy_gettext("Being prepared"),
    VersionState.BEGUN: lazy_gettext("First pages can be read"),
    VersionState.FAILED: lazy_gettext("Could not be prepared"),
    None: lazy_gettext("Without a file"),
}
SOURCES = {
    Source.LAYER: lazy_gettext("Text of the file"),
    Source.REPAIRED: lazy_gettext("Text of the file, repaired"),
    Source.OCR: lazy_gettext("Recognised from a scan"),
    Source.NONE: lazy_gettext("No text recognised"),
}


@dataclass(frozen=True)
class Bar:
    """A row of a chart."""

    label: str
    short: str
    count: int
    y: int
    width: int


@dataclass(frozen=True)
class Chart:
    """A picture of counts and what it is about."""

    title: str
    what: str
    bars: Sequence[Bar]
    counts: Sequence[tuple[str, int]]

    @property
    def height(self) -> int:
        """Return the height of the picture."""
        return ROW * len(self.bars)


def statistics() -> str:
    """Show the archive in figures."""
    found = figures(session(), by=person_asking())
    years = [(str(year) if year else _("Without a date"), n) for year, n in found.years]
    types = [(str(DOCUMENT_TYPES[kind]), n) for kind, n in found.types]
    states = [(str(STATES[state]), n) for state, n in found.states]
    sources = [(str(SOURCES[source]), n) for source, n in found.sources]
    charts = [
        draw(_("By year"), _("Year"), years, newest=True),
        draw(_("By type"), _("Type of document"), types),
        draw(_("By body"), _("Body"), found.bodies),
        draw(_("Files"), _("State"), states),
        draw(_("Pages by the source of their text"), _("Source"), sources),
    ]
    office = allows(session(), person_asking(), Permission.ABBREVIATIONS_EDIT)
    return render_template(
        "archive/statistics.html",
        total=found.total,
        charts=[c for c in charts if c.bars],
        vain=not_found(session()) if office else (),
    )


def draw(
    title: str, what: str, counts: Sequence[tuple[str, int]], *, newest: bool = False
) -> Chart:
    """Return a chart; of very many rows the first ones, or the newest."""
    shown = counts[-SHOWN:] if newest else counts[:SHOWN]
    most = max((count for _label, count in shown), default=1)
    bars = [
        Bar(label, _shortened(label), count, ROW * row, max(2, LENGTH * count // most))
        for row, (label, count) in enumerate(shown)
    ]
    return Chart(title, what, bars, counts)


def _shortened(label: str) -> str:
    return label if len(label) <= LETTERS else f"{label[: LETTERS - 1].rstrip()}…"


def register(pages: Pages) -> None:
    """Add the route of the figures."""
    pages.get("/archive/statistics", needs=Permission.ARCHIVE_SEARCH)(statistics)
