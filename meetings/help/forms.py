"""The form of feedback."""

from flask_babel import lazy_gettext as _
from wtforms import HiddenField

from meetings.web.forms import Form, ParagraphField, at_most, trimmed


class FeedbackForm(Form):
    """What a person tells those who run the system, and from which page."""

    text = ParagraphField(_("What would you like to tell us?"), length=4000)
    page = HiddenField(filters=[trimmed], validators=[at_most(200)])
