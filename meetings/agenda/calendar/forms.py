"""What is done with one's secret address."""

from flask_babel import lazy_gettext as _

from meetings.web.forms import Form, WordsField


class FeedForm(Form):
    """Whether a secret address is made, or ended."""

    wish = WordsField(words={"make": _("Make an address"), "end": _("End the address")})
