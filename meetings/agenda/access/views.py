"""The clerk's pages about access: who reads a paper, and when."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings.agenda.access import queries, services
from meetings.agenda.access.forms import ReadersForm, TakingForm, WindowForm
from meetings.documents.forms import WAITS
from meetings.models import AgendaItem, AgendaPaper
from meetings.policy import Permission
from meetings.web.context import person_asking, session
from meetings.web.forms import Form
from meetings.web.pages import Pages


def window(paper: AgendaPaper) -> ResponseReturnValue:
    """Decide from when until when a paper may be read."""
    form = WindowForm(obj=paper)
    if form.validate_on_submit():
        start, end = form.readable_from.data, form.readable_until.data
        waits = services.wish_window(session(), paper, start=start, end=end, by=person_asking())
        return _back(paper.item, waits=waits)
    return _show(form, _("When it may be read"), paper.document.title, paper.item)


def taking(paper: AgendaPaper) -> ResponseReturnValue:
    """Decide whether participants may print a paper or take a copy of it along."""
    form = TakingForm(taking=paper.taking or "")
    if form.validate_on_submit():
        services.set_taking(session(), paper, form.chosen)
        return _back(paper.item, waits=False)
    return _show(form, _("Print and download"), paper.document.title, paper.item)


def paper_readers(paper: AgendaPaper) -> ResponseReturnValue:
    """Limit a paper to named persons."""
    return _name_readers(paper, paper.item, _("Who reads this paper"), paper.document.title)


def item_readers(item: AgendaItem) -> ResponseReturnValue:
    """Limit the papers of an item, and of those below it, to named persons."""
    return _name_readers(item, item, _("Who reads the papers of this item"), item.title)


def _name_readers(
    place: AgendaPaper | AgendaItem, item: AgendaItem, heading: str, about: str
) -> ResponseReturnValue:
    named = queries.readers_of(session(), place)
    people = queries.people_to_name(session(), item.meeting, named, by=person_asking())
    form = ReadersForm(people, named)
    if form.validate_on_submit():
        waits = services.wish_readers(session(), place, form.chosen, by=person_asking())
        return _back(item, waits=waits)
    return _show(form, heading, about, item)


def _show(form: Form, heading: str, about: str, item: AgendaItem) -> ResponseReturnValue:
    page = render_template(
        "agenda/access_form.html", form=form, heading=heading, about=about, meeting=item.meeting
    )
    return page, 422 if request.method == "POST" else 200


def _back(item: AgendaItem, *, waits: bool) -> ResponseReturnValue:
    if waits:
        flash(WAITS, "success")
    anchor = f"item-{item.id}"
    return redirect(url_for("agenda.prepare", meeting=item.meeting_id, _anchor=anchor), 303)


def register(pages: Pages) -> None:
    """Add the routes of access."""
    at_paper, decides = "/papers/<uuid:paper>", Permission.PAPER_ACCESS
    pages.form(f"{at_paper}/window", needs=decides)(window)
    pages.form(f"{at_paper}/taking", needs=decides)(taking)
    pages.form(f"{at_paper}/readers", needs=decides)(paper_readers)
    at_item, prepares = "/agenda-items/<uuid:item>", Permission.AGENDA_ITEM_PREPARE
    pages.form(f"{at_item}/readers", needs=prepares)(item_readers)
