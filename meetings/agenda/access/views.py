"""The clerk's pages about access: when a paper may be read."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings.agenda.access import services
from meetings.agenda.access.forms import WindowForm
from meetings.models import AgendaItem, AgendaPaper
from meetings.policy import Permission
from meetings.web.context import session
from meetings.web.forms import Form
from meetings.web.pages import Pages


def window(paper: AgendaPaper) -> ResponseReturnValue:
    """Decide from when until when a paper may be read."""
    form = WindowForm(obj=paper)
    if form.validate_on_submit():
        start, end = form.readable_from.data, form.readable_until.data
        services.set_window(session(), paper, start=start, end=end)
        return _back(paper.item)
    return _show(form, _("When it may be read"), paper.document.title, paper.item)


def _show(form: Form, heading: str, about: str, item: AgendaItem) -> ResponseReturnValue:
    page = render_template(
        "agenda/access_form.html", form=form, heading=heading, about=about, meeting=item.meeting
    )
    return page, 422 if request.method == "POST" else 200


def _back(item: AgendaItem) -> ResponseReturnValue:
    anchor = f"item-{item.id}"
    return redirect(url_for("agenda.prepare", meeting=item.meeting_id, _anchor=anchor), 303)


def register(pages: Pages) -> None:
    """Add the routes of access."""
    pages.form("/papers/<uuid:paper>/window", needs=Permission.PAPER_ACCESS)(window)
