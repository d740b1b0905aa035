"""Answer for the files that nobody could look through, and look at their pages."""

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings.documents.declarations import views as declarations
from meetings.models import Meeting
from meetings.policy import Permission
from meetings.web.pages import Pages

PLACES = {"tray": "agenda.tray", "prepare": "agenda.prepare"}


def declare_file(meeting: Meeting) -> ResponseReturnValue:
    """Take the declaration of a person about a file: receive it, or drop it with its key."""
    outcome = declarations.declare(meeting.id)
    if outcome is None:
        flash(_("The file was dropped; nothing of it is left here."), "warn")
    elif outcome.ok:
        flash(_("“%(name)s” was received on your declaration.", name=outcome.name), "success")
    else:
        flash(": ".join(filter(None, (outcome.name, outcome.message))), "error")
    place = PLACES.get(request.args.get("back", ""), PLACES["tray"])
    return redirect(url_for(place, meeting=meeting.id), 303)


def waiting_page(meeting: Meeting) -> Response:
    """Show a page of a file that waits."""
    number = request.args.get("number", 0, type=int)
    return declarations.page(meeting.id, request.args.get("file", ""), number)


def register(pages: Pages) -> None:
    """Add the routes of declarations."""
    at_meeting, takes_in = "/meetings/<uuid:meeting>/declarations", Permission.MEETING_INTAKE
    pages.post(at_meeting, needs=takes_in, writes=False)(declare_file)
    pages.get(f"{at_meeting}/page", needs=takes_in)(waiting_page)
