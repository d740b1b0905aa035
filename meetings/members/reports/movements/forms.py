"""The days between which gains and losses are counted, and the words of their lines."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import Field, ValidationError

from meetings import clock
from meetings.members.life.movements import Line
from meetings.web.forms import DayField, Form

LINES: Mapping[Line, Any] = {
    Line.ADMITTED: _("Newly admitted"),
    Line.RECEIVED: _("Received from elsewhere"),
    Line.RESTORED: _("Rights restored"),
    Line.ENTERED: _("Entered in the register for the first time"),
    Line.SENT: _("Sent elsewhere"),
    Line.EXPELLED: _("Expelled from the Party"),
    Line.STRUCK_OFF: _("Struck off the list"),
    Line.LEFT: _("Let out of the Party"),
    Line.DIED: _("Death"),
}
EARLIEST = date(1930, 2, 3)
MONTHS = 3
DAY = timedelta(days=1)


class SpanForm(Form):
    """The first and the last day of what is counted."""

    since = DayField(_("From this day on"), needed=True)
    until = DayField(_("Until this day"), needed=True)

    class Meta:
        """Asking changes nothing."""

        csrf = False

    def validate_since(self, field: Field) -> None:
        """Refuse a day before there was a Party."""
        if field.data and field.data < EARLIEST:
            raise ValidationError(_("Please give a day from 03/02/1930 on."))

    def validate_until(self, field: Field) -> None:
        """Refuse a day that is still to come, or before the first."""
        if field.data and field.data > clock.today():
            raise ValidationError(_("This day is still to come."))
        if field.data and self.since.data and field.data < self.since.data:
            raise ValidationError(_("Please give a day that is not before the first one."))


def quarter(day: date) -> tuple[date, date]:
    """Return the first and the last day of the quarter of a day."""
    first = date(day.year, (day.month - 1) // MONTHS * MONTHS + 1, 1)
    following = (first + timedelta(days=31 * MONTHS)).replace(day=1)
    return first, following - DAY


def spans(today: date) -> Mapping[str, tuple[date, date]]:
    """Return the times that are asked for most: this quarter and year, and those before."""
    first, _last = quarter(today)
    return {
        "quarter": (first, today),
        "last-quarter": quarter(first - DAY),
        "year": (date(today.year, 1, 1), today),
        "last-year": (date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)),
    }


SPANS: Mapping[str, Any] = {
    "quarter": _("This quarter"),
    "last-quarter": _("The quarter before"),
    "year": _("This year"),
    "last-year": _("The year before"),
}
