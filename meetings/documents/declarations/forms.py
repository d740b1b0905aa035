"""What a person declares of a file that nobody could look through."""

from flask_babel import lazy_gettext as _
from wtforms import StringField, validators

from meetings.web.forms import Form

CLEAR, SECRET = "clear", "secret"
WAITS = _("Waits for your declaration: look at the file, then answer in the list.")
LOST = _(
    "This file is no longer here: an hour passed, somebody answered, or the system restarted."
    " If it is not in the tray, please send it again."
)
TOO_MANY = _("Too many files wait for your declaration. Answer for those first.")


class DeclarationForm(Form):
    """Which file is meant, and whether it holds a state secret."""

    file = StringField(validators=[validators.InputRequired()])
    answer = StringField(validators=[validators.AnyOf((CLEAR, SECRET))])
