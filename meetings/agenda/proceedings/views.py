"""What the chair and the secretaries do while a meeting is in session."""

from uuid import UUID

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings.agenda import queries
from meetings.agenda.proceedings import services
from meetings.agenda.proceedings.forms import ProceedingsForm
from meetings.agenda.proceedings.services import MovedMeanwhileError
from meetings.models import AgendaItem, Meeting
from meetings.policy import Permission
from meetings.web.context import session
from meetings.web.pages import Pages

INVALID = 422


def proceed(meeting: Meeting) -> ResponseReturnValue:
    """Open the meeting, go to an item, or close it; say so where somebody was faster."""
    form = ProceedingsForm()
    items = queries.numbered_items(session(), meeting)
    form.offer({str(item.id): f"{number}. {item.title}" for number, item in items})
    if not form.validate_on_submit() or (form.act.data == "go" and not form.item.data):
        abort(INVALID)
    try:
        _act(meeting, form)
    except MovedMeanwhileError:
        flash(_("Somebody has moved the meeting on meanwhile; this is where it is now."), "warn")
    return redirect(url_for("agenda.meeting", meeting=meeting.id, _anchor="agenda"), 303)


def _act(meeting: Meeting, form: ProceedingsForm) -> None:
    if form.act.data == "open":
        services.open_meeting(session(), meeting)
    elif form.act.data == "close":
        services.close_meeting(session(), meeting, seen=form.seen_item)
    else:
        item = session().get_one(AgendaItem, UUID(form.item.data))
        services.go_to(session(), item, seen=form.seen_item)


def register(pages: Pages) -> None:
    """Add the route of those who lead a meeting."""
    pages.post("/meetings/<uuid:meeting>/proceedings", needs=Permission.MEETING_LEAD)(proceed)
