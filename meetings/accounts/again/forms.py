"""The form that asks again who one is."""

from flask_babel import lazy_gettext as _
from wtforms import PasswordField
from wtforms.validators import Length

from meetings.web.forms import Form, TextField, required


class AgainForm(Form):
    """The password, and the code of who has an authenticator app."""

    password = PasswordField(_("Password"), [required(), Length(max=1000)])
    code = TextField(_("Code"), length=40, needed=False)
