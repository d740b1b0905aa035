"""The page on which the office sees how ready a meeting is."""

from flask import render_template
from flask_babel import lazy_gettext as _

from meetings.agenda.answers.forms import STANDINGS
from meetings.models import Meeting
from meetings.policy import Permission
from meetings.reader.board.queries import PaperState, board_of
from meetings.web.context import installation, person_asking, session
from meetings.web.pages import Pages

STATES = {
    PaperState.LATE: (_("Late"), "warning", "bad"),
    PaperState.MISSING: (_("Missing"), "clock", "warn"),
    PaperState.FAILED: (_("Cannot be read"), "error", "bad"),
    PaperState.UNDERWAY: (_("Being prepared"), "refresh", "info"),
    PaperState.READY: (_("Ready"), "check", "info"),
    PaperState.RECALLED: (_("Recalled"), "recall", "warn"),
    PaperState.RELEASED: (_("Released"), "release", "good"),
}
TABLETS = {
    "untried": (_("Not tried yet"), "clock", ""),
    "weak": (_("Has problems"), "warning", "warn"),
    "good": (_("Good"), "check", "good"),
}


def board(meeting: Meeting) -> str:
    """Show how far papers and people are, and what was not printed."""
    found = board_of(session(), meeting, by=person_asking())
    return render_template(
        "reader/board/board.html",
        meeting=meeting,
        board=found,
        states=STATES,
        standings=STANDINGS,
        tablets=TABLETS,
        money=_thousands(found.pages * installation().settings.page_price),
        pages=_thousands(found.pages),
    )


def _thousands(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def register(pages: Pages) -> None:
    """Add the route of the board."""
    at, prepares = "/meetings/<uuid:meeting>/board", Permission.MEETING_PREPARE
    pages.get(at, needs=prepares)(board)
