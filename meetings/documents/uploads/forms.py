"""How an upload is announced, and what is said of a file that is not taken."""

from flask_babel import lazy_gettext as _
from wtforms import IntegerField, StringField, validators

from meetings.intake.refusals import SENTENCES
from meetings.intake.verdict import Reason
from meetings.web.forms import Form

NO_SPACE = _("The storage is full. Please call support, then send the file again.")
REFUSALS = {reason: _(sentence) for reason, sentence in SENTENCES.items()}
TOO_LARGE = REFUSALS[Reason.TOO_LARGE]
NAME_LENGTH = 5000
TICKETS_LENGTH = 500_000


class TicketsForm(Form):
    """Files that a browser began to send, as they were sealed for it, with spaces between."""

    tickets = StringField(validators=[validators.Length(max=TICKETS_LENGTH)])


class BeginForm(Form):
    """The name and the length of a file that is to come in chunks, and the folder it lay in."""

    name = StringField(validators=[validators.InputRequired(), validators.Length(max=NAME_LENGTH)])
    folder = StringField(validators=[validators.Length(max=NAME_LENGTH)])
    size = IntegerField(validators=[validators.InputRequired(), validators.NumberRange(min=0)])
