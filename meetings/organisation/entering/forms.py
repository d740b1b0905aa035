"""The words of a table of people and posts."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from meetings.organisation.entering.queries import Line
from meetings.organisation.rosters.forms import CERTAINTIES
from meetings.organisation.rosters.queries import Change

FIELDS: Mapping[str, Any] = {
    "name": _("Full name"),
    "post": _("Post"),
    "body": _("Unit"),
    "rank": _("Place in protocol order"),
    "since": _("Since"),
    "until": _("Until"),
}
NEEDED = {name: FIELDS[name] for name in ("name", "post", "body", "since")}
CHANGES = {
    Change.ADDED: (_("New person"), "plus", "good"),
    Change.POSTED: (_("New post"), "plus", "good"),
    Change.ENDED: (_("Post ends"), "edit", "info"),
    Change.SAME: (_("Recorded already"), "check", ""),
    Change.SKIPPED: (_("Left out"), "close", ""),
    Change.OPEN: (_("Please choose the person"), "help", "bad"),
    Change.WRONG: (_("To put right"), "warning", "bad"),
}
PROBLEMS: Mapping[str, Any] = {
    "missing": _("Please fill this in."),
    "unknown": _("There is no open body of this name. Please enter the body first."),
    "several": _("There are several bodies of this name. Please enter this post by hand."),
    "day": _("Please write the day like 25/11/2026."),
    "before": _("A post cannot end before it began."),
    "number": _("Please give a number from 1 to 9999."),
}


def told(line: Line) -> list[str]:
    """Return what is wrong in a row, with the names of the fields."""
    return [f"{FIELDS[field]}: {_sentence(what)}" for field, what in line.problems]


def _sentence(what: str) -> str:
    said = PROBLEMS.get(what)
    return str(said or gettext("The same post stands in row %(row)s already.", row=what))


WORDS = {"fields": FIELDS, "changes": CHANGES, "certainties": CERTAINTIES, "told": told}
