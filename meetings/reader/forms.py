"""What the reader sends back."""

from wtforms import IntegerField

from meetings.web.forms import Form, required, whole_number


class PositionForm(Form):
    """The page in view."""

    page = IntegerField("page", [required(), whole_number(1, 100_000)])
