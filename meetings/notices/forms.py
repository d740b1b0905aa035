"""What a page of notices sends back."""

from datetime import UTC, datetime

from wtforms import HiddenField

from meetings import clock
from meetings.web.forms import Form


class SeenForm(Form):
    """Until when the notices on a page were told."""

    until = HiddenField()

    @property
    def moment(self) -> datetime:
        """Return the moment; what cannot be read is now."""
        try:
            return datetime.fromtimestamp(float(self.until.data or ""), UTC)
        except (ValueError, OverflowError, OSError):
            return clock.now()
