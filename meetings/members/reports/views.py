"""The reports of a body of members."""

from meetings.members.reports.agreement import views as agreement
from meetings.members.reports.attention import views as attention
from meetings.members.reports.movements import views as movements
from meetings.members.reports.structure import views as structure
from meetings.web.pages import Pages


def register(pages: Pages) -> None:
    """Add the routes of the reports."""
    attention.register(pages)
    movements.register(pages)
    structure.register(pages)
    agreement.register(pages)
