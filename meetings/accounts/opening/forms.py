"""The form with which an account is opened."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import SelectField, validators

from meetings.accounts.forms import CLEARANCES
from meetings.models import AccessLevel
from meetings.web.forms import Form, TextField

SHAPE = r"^[a-z0-9](?:[._-]?[a-z0-9]){2,39}$"


class AccountForm(Form):
    """The name of an account and what it may see."""

    username = TextField(
        _("Account name"),
        length=60,
        validators=[
            validators.Regexp(SHAPE, message=_("Small letters without accents, digits and dots."))
        ],
    )
    clearance = SelectField(_("Access level"))

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.clearance.choices = [(str(int(k)), str(label)) for k, label in CLEARANCES.items()]

    def level(self) -> AccessLevel:
        """Return the access level that was chosen."""
        return AccessLevel(int(self.clearance.data))
