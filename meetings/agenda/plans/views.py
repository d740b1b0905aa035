"""The office's pages of planning: copies, templates, awaited papers, holidays."""

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings.agenda.plans import queries, services
from meetings.agenda.plans.forms import (
    CallForm,
    CloneForm,
    PlaceForm,
    SpecialDayForm,
    TemplateForm,
    told,
)
from meetings.models import AgendaItem, Meeting, MeetingTemplate
from meetings.policy import Permission
from meetings.web.context import person_asking, session
from meetings.web.forms import Form
from meetings.web.pages import Pages

INVALID = 422


def clone(meeting: Meeting) -> ResponseReturnValue:
    """Call a meeting like this one."""
    form = CloneForm(title=meeting.title)
    if form.validate_on_submit():
        copy = services.clone(
            session(),
            meeting,
            **form.facts(),
            papers=form.papers.data,
            people=form.people.data,
            by=person_asking(),
        )
        flash(_("The meeting is called. Nothing of it is released yet."), "success")
        return _to_prepare(copy.id)
    return _clone_page(meeting, form, _template_form(meeting))


def keep_template(meeting: Meeting) -> ResponseReturnValue:
    """Keep this meeting as a template of its body."""
    form = _template_form(meeting)
    if not form.validate_on_submit():
        return _clone_page(meeting, CloneForm(formdata=None, title=meeting.title), form)
    name, stages = form.name.data or "", form.stages.stages
    services.keep_template(session(), meeting, name=name, stages=stages, by=person_asking())
    flash(_("The template “%(name)s” is kept.", name=name), "success")
    return _to_prepare(meeting.id)


def call_from_template(template: MeetingTemplate) -> ResponseReturnValue:
    """Call a meeting from a template."""
    form = CallForm(title=template.name)
    if form.validate_on_submit():
        meeting = services.call_from(session(), template, **form.facts())
        return _to_prepare(meeting.id)
    page = render_template("agenda/template.html", template=template, form=form)
    return page, INVALID if form.is_submitted() else 200


def drop_template(template: MeetingTemplate) -> ResponseReturnValue:
    """Drop a template; meetings made of it stay."""
    body, name = template.body_id, template.name
    session().delete(template)
    flash(_("The template “%(name)s” is dropped.", name=name), "success")
    return redirect(url_for("agenda.create", body=body), 303)


def drop_place(item: AgendaItem) -> ResponseReturnValue:
    """Wait for a paper no longer."""
    form = PlaceForm()
    places = queries.places_of(session(), item.meeting).get(item.id, ())
    form.place.choices = [(str(place.id), place.title) for place in places]
    if not form.validate_on_submit():
        abort(INVALID)
    services.drop_place(session(), item, UUID(form.place.data))
    anchor = f"item-{item.id}"
    return redirect(url_for("agenda.prepare", meeting=item.meeting_id, _anchor=anchor), 303)


def special_days() -> ResponseReturnValue:
    """Show the holidays and swapped days, and take one more."""
    form = SpecialDayForm()
    if form.validate_on_submit() and form.day.data:
        working, name = form.working.data == "yes", form.name.data or ""
        services.set_special_day(session(), form.day.data, working=working, name=name)
        return redirect(url_for("agenda.special_days"), 303)
    days = queries.special_days(session())
    page = render_template("agenda/special_days.html", form=form, days=days)
    return page, INVALID if form.is_submitted() else 200


def forget_special_day() -> ResponseReturnValue:
    """Let a day be as the week has it."""
    known = {one.day.isoformat(): one.day for one in queries.special_days(session())}
    day = known.get(request.form.get("day", ""))
    if day is None:
        abort(INVALID)
    services.forget_special_day(session(), day)
    return redirect(url_for("agenda.special_days"), 303)


def _template_form(meeting: Meeting) -> TemplateForm:
    stages = [(due.name, due.days) for due in queries.stages_of(session(), meeting)]
    return TemplateForm(prefix="template", name=meeting.title, stages=told(stages))


def _clone_page(meeting: Meeting, form: CloneForm, template_form: Form) -> ResponseReturnValue:
    page = render_template(
        "agenda/clone.html", meeting=meeting, form=form, template_form=template_form
    )
    return page, INVALID if request.method == "POST" else 200


def _to_prepare(meeting: UUID) -> ResponseReturnValue:
    return redirect(url_for("agenda.prepare", meeting=meeting), 303)


def register(pages: Pages) -> None:
    """Add the routes of planning."""
    prepares, uses = Permission.MEETING_PREPARE, Permission.MEETING_TEMPLATE_USE
    pages.form("/meetings/<uuid:meeting>/clone", needs=prepares)(clone)
    pages.post("/meetings/<uuid:meeting>/template", needs=prepares)(keep_template)
    pages.form("/meeting-templates/<uuid:template>/call", needs=uses)(call_from_template)
    pages.post("/meeting-templates/<uuid:template>/drop", needs=uses)(drop_template)
    at_item = "/agenda-items/<uuid:item>/places/drop"
    pages.post(at_item, needs=Permission.AGENDA_ITEM_PREPARE)(drop_place)
    edits = Permission.SPECIAL_DAYS_EDIT
    pages.form("/special-days", needs=edits)(special_days)
    pages.post("/special-days/forget", needs=edits)(forget_special_day)
