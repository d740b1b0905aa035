"""The form of a token, and the words of what a program may ask about."""

from datetime import timedelta
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import ValidationError

from meetings import clock
from meetings.models import Scope
from meetings.web.forms import DayField, Form, ManyField, TextField, choices

LONGEST = timedelta(days=366)
SCOPES = {
    Scope.ORGANISATION: _("Bodies, people and their posts"),
    Scope.MEETINGS: _("Meetings and their agendas"),
    Scope.PAPERS: _("What is recorded of the papers"),
    Scope.FILES: _("Copies of the papers that you may take along; each bears your name"),
}


class TokenForm(Form):
    """What a program is called, what it may ask about, and until when."""

    name = TextField(_("Name of the program"), length=100)
    scopes = ManyField(_("It may ask about"))
    last_day = DayField(_("Last day"), needed=True, description=_("A year from now at the latest."))

    def __init__(self, **rest: Any) -> None:
        super().__init__(**rest)
        self.scopes.choices = choices(SCOPES)

    def validate_scopes(self, field: ManyField) -> None:
        """Ask for at least one."""
        if not field.data:
            raise ValidationError(_("Please check at least one line."))

    def validate_last_day(self, field: DayField) -> None:
        """Refuse a day that is over or too far ahead."""
        today = clock.today()
        if field.data and field.data < today:
            raise ValidationError(_("This day is over. Please choose a later one."))
        if field.data and field.data > today + LONGEST:
            raise ValidationError(_("Please choose a day within a year from now."))
