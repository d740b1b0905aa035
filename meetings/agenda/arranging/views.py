"""The page on which an agenda is put in order, and the one into which it is pasted."""

from datetime import date
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from meetings.agenda.arranging import queries, services
from meetings.agenda.arranging.forms import DayForm, PasteForm, PlaceForm
from meetings.agenda.forms import ITEM_KINDS
from meetings.agenda.preparation.views import told_of_another
from meetings.agenda.queries import agenda_of, items_of
from meetings.agenda.services import ChangedMeanwhileError, take_turn
from meetings.models import AgendaItem, Meeting
from meetings.policy import Permission
from meetings.web.context import person_asking, session
from meetings.web.pages import Pages

INVALID = 422


def arrange(meeting: Meeting) -> str:
    """Show an agenda by its days, to be put in order."""
    lines = agenda_of(session(), meeting, user=person_asking())
    return render_template(
        "agenda/arrange.html",
        meeting=meeting,
        days=queries.by_day(meeting, lines),
        clashes=queries.clashes_of(meeting, lines),
        held=queries.days_of(meeting),
        kinds=ITEM_KINDS,
    )


def place_item(item: AgendaItem) -> ResponseReturnValue:
    """Put an item before another one."""
    form = PlaceForm()
    form.offer(one.id for one in items_of(session(), item.meeting))
    if not form.validate_on_submit():
        abort(INVALID)
    place = session().get(AgendaItem, UUID(form.before.data)) if form.before.data else None
    try:
        take_turn(session(), item.meeting, form.seen_revision)
        services.put_before(session(), item, place)
    except ChangedMeanwhileError:
        return told_of_another(item.meeting_id)
    return _back(item.meeting_id)


def move_to_day(item: AgendaItem) -> ResponseReturnValue:
    """Move an item to another day of the meeting."""
    form = DayForm()
    form.offer(queries.days_of(item.meeting))
    if item.parent_id is not None or not form.validate_on_submit():
        abort(INVALID)
    try:
        take_turn(session(), item.meeting, form.seen_revision)
    except ChangedMeanwhileError:
        return told_of_another(item.meeting_id)
    day = date.fromisoformat(form.day.data)
    services.move_to_day(session(), item, day, by=person_asking())
    return _back(item.meeting_id)


def paste(meeting: Meeting) -> ResponseReturnValue:
    """Read a pasted agenda, show what was understood, and add it when it is right."""
    form = PasteForm(step="look")
    valid = form.validate_on_submit()
    if valid and form.step.data == "keep":
        count = services.add_agenda(session(), meeting, form.items)
        flash(ngettext("%(num)d item was added.", "%(num)d items were added.", count), "success")
        return _back(meeting.id)
    page = render_template(
        "agenda/paste.html",
        meeting=meeting,
        form=form,
        items=form.items if valid else [],
        kinds=ITEM_KINDS,
        kind_of=services.kind_of,
    )
    return page, INVALID if form.is_submitted() and not valid else 200


def _back(meeting: UUID) -> ResponseReturnValue:
    return redirect(url_for("agenda.arrange", meeting=meeting), 303)


def register(pages: Pages) -> None:
    """Add the routes of arranging."""
    at_meeting, at_item = "/meetings/<uuid:meeting>", "/agenda-items/<uuid:item>"
    prepares, changes = Permission.MEETING_PREPARE, Permission.AGENDA_ITEM_PREPARE
    pages.get(f"{at_meeting}/arrange", needs=prepares)(arrange)
    pages.form(f"{at_meeting}/agenda-items/paste", needs=prepares)(paste)
    pages.post(f"{at_item}/place", needs=changes)(place_item)
    pages.post(f"{at_item}/day", needs=changes)(move_to_day)
