"""What is confirmed: the figures as the person saw them."""

from wtforms import HiddenField

from meetings.members.reports.movements.queries import Ledger
from meetings.web.forms import Form


class ConfirmForm(Form):
    """The figures that stood on the page when the button was pressed."""

    seen = HiddenField()


def figures_of(ledger: Ledger) -> str:
    """Return the figures of a quarter as one text, to be compared."""
    return "-".join(map(str, (ledger.opening, *ledger.counts.values(), ledger.closing)))
