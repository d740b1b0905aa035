"""The private list of one's notes at a meeting, and how long a body lets notes be kept."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings.models import Body, Meeting
from meetings.policy import Permission
from meetings.reader.notes.keeping import queries, services
from meetings.reader.notes.keeping.forms import KeepingForm
from meetings.reader.notes.sending.queries import Receiver, copy_of, has_gone
from meetings.reader.notes.sending.services import send
from meetings.web.context import person_asking, session
from meetings.web.pages import Pages


def of_meeting(meeting: Meeting) -> str:
    """List one's notes at a meeting."""
    who = person_asking()
    written = queries.notes_of_meeting(session(), meeting, by=who)
    warned = queries.warning(session(), [one.note for one in written], by=who)
    return render_template(
        "reader/notes/of_meeting.html", meeting=meeting, written=written, warned=warned
    )


def hand_over(meeting: Meeting) -> ResponseReturnValue:
    """Send copies of all one's notes at a meeting to its office, as one."""
    who = person_asking()
    written = queries.notes_of_meeting(session(), meeting, by=who)
    if not written:
        return redirect(url_for("reader.notes_of_meeting", meeting=meeting.id), 303)
    copies = [copy_of(session(), one.note, by=who) for one in written]
    office = Receiver(meeting, None)
    if has_gone(session(), copies, office, by=who):
        flash(_("The office has these copies already; nothing was sent again."), "warn")
    else:
        send(session(), copies, office, by=who)
        flash(_("Copies of your notes were sent to the office."), "success")
    return redirect(url_for("reader.sent_notes"), 303)


def keep(body: Body) -> ResponseReturnValue:
    """Ask after how many days the notes of a body's meetings are emptied."""
    form = KeepingForm(data={"days": queries.days_of(session(), body.id)})
    if form.validate_on_submit():
        services.keep_for(session(), body, form.days.data)
        flash(_("Saved."), "success")
        return redirect(url_for("organisation.body", body=body.id), 303)
    page = render_template("reader/notes/keeping.html", form=form, body=body)
    return page, 422 if form.errors else 200


def register(pages: Pages) -> None:
    """Add the routes of what becomes of notes."""
    at_meeting, reads = "/meetings/<uuid:meeting>/notes", Permission.MEETING_READ
    pages.get(at_meeting, needs=reads, endpoint="notes_of_meeting")(of_meeting)
    pages.post(f"{at_meeting}/hand-over", needs=reads, endpoint="hand_over_notes")(hand_over)
    pages.form("/bodies/<uuid:body>/notes", needs=Permission.BODY_KEEP, endpoint="note_keeping")(
        keep
    )
