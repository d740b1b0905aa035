"""Forms of kept searches."""

from flask_babel import lazy_gettext as _

from meetings.web.forms import Form, TextField

LONGEST = 100


class NameForm(Form):
    """Under which name a search is kept."""

    name = TextField(_("Name"), length=LONGEST)
