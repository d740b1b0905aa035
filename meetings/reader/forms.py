"""What the reader sends back."""

from wtforms import IntegerField, StringField
from wtforms.validators import UUID, Optional

from meetings.web.forms import Form, required, whole_number


class PositionForm(Form):
    """The page in view, and of which version it is."""

    page = IntegerField("page", [required(), whole_number(1, 100_000)])
    version = StringField("version", [Optional(), UUID()])
