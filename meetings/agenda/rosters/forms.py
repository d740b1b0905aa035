"""The words of a table of participants."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from meetings.agenda.participants.forms import RoleField
from meetings.agenda.rosters.queries import Line
from meetings.organisation.rosters.queries import Change
from meetings.web.tables import TableForm

FIELDS: Mapping[str, Any] = {
    "name": _("Full name"),
    "post": _("Post"),
    "body": _("Unit"),
    "role": _("Takes part as"),
    "items": _("Items they attend"),
}
CHANGES = {
    Change.ADDED: (_("Will be added"), "plus", "good"),
    Change.CHANGED: (_("Will be changed"), "edit", "info"),
    Change.SAME: (_("Takes part already"), "check", ""),
    Change.SKIPPED: (_("Left out"), "close", ""),
    Change.OPEN: (_("Please choose the person"), "help", "bad"),
    Change.WRONG: (_("To put right"), "warning", "bad"),
}
PROBLEMS: Mapping[tuple[str, str], Any] = {
    ("name", "missing"): _("The name is missing."),
    ("role", "unknown"): _(
        "This is no role: chair, secretary, voting or invited delegate, presenter."
    ),
    ("items", "unknown"): _("The agenda has no item of this number."),
}


class RosterForm(TableForm):
    """A table of participants."""

    otherwise = RoleField()

    def __init__(self, **rest: object) -> None:
        super().__init__(**rest)
        self.otherwise.label.text = _("Role of those for whom the table names none")


def told(line: Line) -> list[str]:
    """Return what is wrong in a row, with the names of the fields."""
    if line.change is Change.OPEN and not line.found.candidates:
        return [gettext("Ask an administrator to enter this person, or leave the row out.")]
    return [f"{FIELDS[field]}: {_sentence(field, what)}" for field, what in line.problems]


def _sentence(field: str, what: str) -> str:
    said = PROBLEMS.get((field, what))
    return str(said or gettext("The same person stands in row %(row)s already.", row=what))
