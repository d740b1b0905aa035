"""Where an item goes, and what is pasted."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import SelectField, ValidationError

from meetings.agenda.preparation.forms import SeenForm
from meetings.intake import agendas
from meetings.web.forms import Form, ParagraphField, WordsField

LONGEST_TITLE, LONGEST_PASTE = 500, 50_000


class PlaceForm(SeenForm):
    """Before which item one goes; before none is the end."""

    before = SelectField()

    def offer(self, items: Iterable[UUID]) -> None:
        """Set the items before which it can go."""
        self.before.choices = [("", ""), *((str(item), str(item)) for item in items)]


class DayForm(SeenForm):
    """To which day an item goes."""

    day = SelectField()

    def offer(self, days: Iterable[date]) -> None:
        """Set the days of the meeting."""
        self.day.choices = [(day.isoformat(), day.isoformat()) for day in days]


class PasteForm(Form):
    """An agenda from a text program, looked at before it is kept."""

    text = ParagraphField(
        _("The agenda as it was copied"),
        length=LONGEST_PASTE,
        description=_(
            "Numbers such as I, 1., 1.1., a) and the columns of a table are understood, "
            "and hours such as 8h00 - 8h15 or (15 phút)."
        ),
    )
    step = WordsField(words={"look": _("Look at it first"), "keep": _("Put it into the agenda")})

    def __init__(self, **rest: object) -> None:
        super().__init__(**rest)
        self.items: list[agendas.Read] = []

    def validate_text(self, field: ParagraphField) -> None:
        """Tell line by line which numbers do not follow and what is too long."""
        lines = (field.data or "").splitlines()
        if len(lines) > agendas.MOST_LINES:
            raise ValidationError(_("Please paste at most %(max)d lines.", max=agendas.MOST_LINES))
        self.items, broken = agendas.read(field.data or "")
        problems = [_told(one) for one in broken[:5]]
        problems += [
            gettext(
                "A title is longer than %(max)d characters: %(title)s…",
                max=LONGEST_TITLE,
                title=item.title[:40],
            )
            for item in self.items
            if len(item.title) > LONGEST_TITLE
        ]
        problems += [gettext("A line has no title.") for item in self.items[:] if not item.title][
            :1
        ]
        if problems:
            raise ValidationError(" ".join(problems))


def _told(broken: agendas.Broken) -> str:
    facts = {"line": broken.line, "found": broken.found[:60], "expected": broken.expected}
    if broken.expected:
        return str(gettext("Line %(line)d: “%(found)s” should be “%(expected)s”.", **facts))
    return str(gettext("Line %(line)d has no number: “%(found)s”.", **facts))
