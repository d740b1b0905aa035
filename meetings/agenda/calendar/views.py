"""The calendar of meetings, and what the calendar of a device is given."""

from datetime import date
from uuid import UUID

from flask import Response, abort, current_app, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings import clock
from meetings.agenda.calendar import queries, services
from meetings.agenda.calendar.forms import FeedForm
from meetings.agenda.calendar.queries import Scope
from meetings.agenda.calendar.services import Entry
from meetings.agenda.forms import MEETING_STATES
from meetings.models import Meeting
from meetings.policy import Permission
from meetings.web.context import person_asking, session
from meetings.web.pages import Pages

FIRST_YEAR, LAST_YEAR = 1930, 2999
SPANS = {"week": queries.week_of, "list": queries.list_of}


def calendar() -> str:
    """Show the meetings of a month, of a week or as a list; of now unless asked otherwise."""
    scope, view = asked_scope(), request.args.get("view", "")
    facts = {
        "today": clock.today(),
        "states": MEETING_STATES,
        "bodies": queries.bodies_of(session(), person_asking()),
        "scope": scope,
        "asked": {"body": scope.body, "own": "1" if scope.own else None},
        "day": asked_day(),
    }
    if view in SPANS:
        span = SPANS[view](session(), person_asking(), asked_day(), scope)
        return render_template("agenda/calendar_span.html", span=span, view=view, **facts)
    month = queries.month_of(session(), person_asking(), asked_month(), scope)
    return render_template("agenda/calendar.html", month=month, view="month", **facts)


def asked_scope() -> Scope:
    """Return whose meetings the address asks for; what is no id is no body."""
    try:
        body = UUID(request.args.get("body", ""))
    except ValueError:
        body = None
    return Scope(own=request.args.get("own") == "1", body=body)


def asked_month() -> date:
    """Return the first day of the month in the address; what is no month is that of the day."""
    return _day(f"{request.args.get('month', '')}-01", asked_day()).replace(day=1)


def asked_day() -> date:
    """Return the day in the address; what is no day is today."""
    return _day(request.args.get("day", ""), clock.today())


def _day(text: str, otherwise: date) -> date:
    try:
        asked = date.fromisoformat(text)
    except ValueError:
        return otherwise
    return asked if FIRST_YEAR <= asked.year <= LAST_YEAR else otherwise


def calendar_entry(meeting: Meeting) -> Response:
    """Hand out a meeting for the calendar of a device."""
    return _calendar([_entry(meeting)], "meeting.ics")


def feed_settings() -> ResponseReturnValue:
    """Show whether a device may ask for one's meetings; make the secret address, or end it."""
    form, address = FeedForm(), ""
    if form.validate_on_submit():
        if form.wish.data == "make":
            secret = services.make_feed(session(), by=person_asking())
            address = url_for("agenda.calendar_feed", secret=secret, _external=True)
        else:
            services.end_feed(session(), by=person_asking())
            flash(_("The address is ended. No device is told anything any more."), "success")
    elif form.is_submitted():
        abort(422)
    there = services.has_feed(session(), by=person_asking())
    return render_template("agenda/calendar_feed.html", there=there, address=address)


def calendar_feed(secret: str) -> Response:
    """Hand out the meetings of whoever owns a secret address; nobody else learns of it."""
    owner = services.owner_of(session(), secret)
    if owner is None:
        abort(404)
    current_app.extensions["pace"].count(owner.id, Permission.CALENDAR_FEED)
    meetings = queries.meetings_to_subscribe(session(), owner)
    return _calendar(
        [_entry(meeting, coming=coming) for meeting, coming in meetings], "meetings.ics"
    )


def _entry(meeting: Meeting, *, coming: bool | None = None) -> Entry:
    summary = _("Meeting: %(body)s", body=meeting.body.name)
    address = url_for("agenda.meeting", meeting=meeting.id, _external=True)
    return Entry(meeting, summary, address, coming)


def _calendar(entries: list[Entry], name: str) -> Response:
    content = services.calendar_of(entries)
    response = Response(content, content_type=services.MEDIA_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def register(pages: Pages) -> None:
    """Add the routes of the calendar."""
    pages.get("/calendar", needs=Permission.ACCOUNT_USE)(calendar)
    pages.form("/calendar/feed", needs=Permission.CALENDAR_FEED)(feed_settings)
    pages.get("/calendar-feeds/<secret>", needs=None)(calendar_feed)
    entry = "/meetings/<uuid:meeting>/calendar-entry"
    pages.get(entry, needs=Permission.MEETING_READ)(calendar_entry)
