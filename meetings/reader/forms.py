"""What the reader sends back."""

from wtforms import IntegerField, StringField
from wtforms.validators import UUID, AnyOf, Length, Optional, Regexp

from meetings.web.forms import Form, required, whole_number

TURNS = r"[0-9]{1,6}:[0-3](,[0-9]{1,6}:[0-3])*\Z"
NUMBERS = r"[0-9]{1,6}(,[0-9]{1,6})*\Z"


class PositionForm(Form):
    """The page in view and its version, pages seen without a network, and how good that is."""

    page = IntegerField("page", [required(), whole_number(1, 100_000)])
    version = StringField("version", [Optional(), UUID()])
    turns = StringField("turns", [Optional(), Length(max=5_000), Regexp(TURNS)])
    network = StringField("network", [Optional(), AnyOf(("poor", "good"))])
    seen = StringField(
        "seen", [Optional(), Length(max=20_000), Regexp(r"[0-9]{1,6}(,[0-9]{1,6})*$")]
    )

    @property
    def pages(self) -> set[int]:
        """Return the pages that were in view: this one, and those seen without a network."""
        earlier = (self.seen.data or "").split(",")
        return {self.page.data or 1, *(int(page) for page in earlier if page)}

    @property
    def turned(self) -> dict[str, int]:
        """Return by how many quarters which pages were turned since this was last told."""
        told = (one.split(":") for one in (self.turns.data or "").split(",") if one)
        return {str(int(page)): int(quarters) for page, quarters in told}
