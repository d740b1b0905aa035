"""What a tablet tells."""

from wtforms import StringField
from wtforms.validators import UUID

from meetings.web.forms import Form, required


class PacksForm(Form):
    """The versions that a tablet keeps."""

    tablet = StringField("tablet", [required(), UUID()])
    kept = StringField("kept", [required()])
