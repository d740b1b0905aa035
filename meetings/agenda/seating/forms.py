"""Forms with which a plan is drawn and people are seated."""

import re

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, IntegerField, SelectMultipleField, StringField

from meetings.agenda.seating.queries import (
    AISLE,
    MOST_AT_PODIUM,
    MOST_COLUMNS,
    MOST_ROWS,
    SEAT,
    Place,
    Plan,
    resized,
)
from meetings.web.forms import Form, WordsField, whole_number

SIZE = re.compile(r"(\d{1,2})-(\d{1,2})")


class PlanForm(Form):
    """The size of a plan, and which of the places that were shown are seats."""

    podium = IntegerField(_("Seats at the podium"), validators=[whole_number(0, MOST_AT_PODIUM)])
    rows = IntegerField(_("Rows"), validators=[whole_number(1, MOST_ROWS)])
    columns = IntegerField(_("Places in a row"), validators=[whole_number(1, MOST_COLUMNS)])
    seat = SelectMultipleField(validate_choice=False)
    drawn = HiddenField()
    """How many rows and columns were shown; what lies beyond them is new, and seats."""
    wish = StringField()

    @property
    def saves(self) -> bool:
        """Tell whether the plan is to be kept, or only shown in another size."""
        return str(self.wish.data or "") != "show"

    def plan(self) -> Plan:
        """Return the plan as it was marked, in the size that was typed."""
        shown = SIZE.fullmatch(str(self.drawn.data or ""))
        rows, columns = (int(part) for part in shown.groups()) if shown else (0, 0)
        marked, lines = set(self.seat.data or ()), []
        for row in range(1, rows + 1):
            keys = (Place(row, column).key for column in range(columns))
            lines.append("".join(SEAT if key in marked else AISLE for key in keys))
        size = (self.podium.data or 0, self.rows.data or 1, self.columns.data or 1)
        return resized(Plan(size[0], tuple(lines)), *size)


class FillForm(Form):
    """Whether everybody is seated anew, or only those who have no seat."""

    whom = WordsField(words={"all": "all", "rest": "rest"}, default="all")


class SwapForm(Form):
    """Two seats whose people change places."""

    first = WordsField(words={})
    second = WordsField(words={})

    def choose_among(self, plan: Plan) -> dict[str, Place]:
        """Take the seats of a plan and nothing else."""
        places = {place.key: place for place in plan.places}
        self.first.choices = self.second.choices = [(key, key) for key in places]
        return places
