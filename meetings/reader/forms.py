"""What the reader sends back."""

from wtforms import IntegerField, StringField
from wtforms.validators import UUID, Length, Optional, Regexp

from meetings.web.forms import Form, required, whole_number

NUMBERS = r"[0-9]{1,6}(,[0-9]{1,6})*\Z"


class PositionForm(Form):
    """The page in view, of which version it is, and which were seen without a network."""

    page = IntegerField("page", [required(), whole_number(1, 100_000)])
    version = StringField("version", [Optional(), UUID()])
    seen = StringField(
        "seen", [Optional(), Length(max=20_000), Regexp(r"[0-9]{1,6}(,[0-9]{1,6})*$")]
    )

    @property
    def pages(self) -> set[int]:
        """Return the pages that were in view: this one, and those seen without a network."""
        earlier = (self.seen.data or "").split(",")
        return {self.page.data or 1, *(int(page) for page in earlier if page)}
