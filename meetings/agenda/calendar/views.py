"""The calendar of meetings."""

from datetime import date

from flask import Response, render_template, request, url_for
from flask_babel import gettext as _

from meetings import clock
from meetings.agenda.calendar import queries, services
from meetings.agenda.forms import MEETING_STATES
from meetings.models import Meeting
from meetings.policy import Permission
from meetings.web.context import person_asking, session
from meetings.web.pages import Pages

FIRST_YEAR, LAST_YEAR = 1930, 2999


def calendar() -> str:
    """Show the meetings of a month, this one unless another is asked for."""
    month = queries.month_of(session(), person_asking(), asked_month())
    return render_template(
        "agenda/calendar.html", month=month, today=clock.today(), states=MEETING_STATES
    )


def asked_month() -> date:
    """Return the first day of the month in the address; what is no month is this one."""
    try:
        asked = date.fromisoformat(f"{request.args.get('month', '')}-01")
    except ValueError:
        return clock.today().replace(day=1)
    return asked if FIRST_YEAR <= asked.year <= LAST_YEAR else clock.today().replace(day=1)


def calendar_entry(meeting: Meeting) -> Response:
    """Hand out a meeting for the calendar of a device."""
    summary = _("Meeting: %(body)s", body=meeting.body.name)
    address = url_for("agenda.meeting", meeting=meeting.id, _external=True)
    whole = services.entry(meeting, summary=summary, address=address)
    response = Response(whole, content_type=services.MEDIA_TYPE)
    response.headers["Content-Disposition"] = 'attachment; filename="meeting.ics"'
    return response


def register(pages: Pages) -> None:
    """Add the routes of the calendar."""
    pages.get("/calendar", needs=Permission.ACCOUNT_USE)(calendar)
    entry = "/meetings/<uuid:meeting>/calendar-entry"
    pages.get(entry, needs=Permission.MEETING_READ)(calendar_entry)
