"""The pages on which the office sets up the bridge points of a meeting."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings.agenda.places.views import choose_among, clearing, fits
from meetings.agenda.points import queries, services
from meetings.agenda.points.forms import PointForm
from meetings.agenda.queries import participants_of
from meetings.models import BridgePoint, Meeting
from meetings.policy import Permission
from meetings.web.context import person_asking, session
from meetings.web.pages import Pages

INVALID = 422


def points(meeting: Meeting) -> str:
    """Show the bridge points of a meeting and who takes part from each."""
    placed = queries.places_of_people(session(), meeting)
    people: dict[UUID | None, list[str]] = {}
    for part in participants_of(session(), meeting):
        people.setdefault(placed.get(part.id), []).append(part.person.display_name)
    return render_template(
        "agenda/points.html",
        meeting=meeting,
        points=queries.points_of(session(), meeting),
        people=people,
    )


def new_point(meeting: Meeting) -> ResponseReturnValue:
    """Set a bridge point up."""
    form = _form(meeting, None)
    if form.validate_on_submit() and _fits(form, meeting, None):
        services.add_point(session(), meeting, **_known(form))
        return _back(meeting)
    return _show(form, meeting, None)


def edit_point(point: BridgePoint) -> ResponseReturnValue:
    """Change a bridge point."""
    form = _form(point.meeting, point)
    if form.validate_on_submit() and _fits(form, point.meeting, point):
        services.change_point(session(), point, **_known(form))
        return _back(point.meeting)
    return _show(form, point.meeting, point)


def drop_point(point: BridgePoint) -> ResponseReturnValue:
    """Give a bridge point up."""
    meeting, name = point.meeting, point.name
    services.drop_point(session(), point)
    flash(_("“%(name)s” is no longer a bridge point.", name=name), "success")
    return _back(meeting)


def _form(meeting: Meeting, point: BridgePoint | None) -> PointForm:
    placed = queries.places_of_people(session(), meeting)
    here = [str(one) for one, at in placed.items() if point and at == point.id]
    form = PointForm(data=_facts_of(point) | {"people": here})
    choose_among(form, point.room if point else None)
    names = {one.id: one.name for one in queries.points_of(session(), meeting) if one is not point}
    everybody = queries.people_in_charge(session(), by=person_asking())
    part = {
        one.id: _with_place(one.person.display_name, names.get(placed.get(one.id, one.id)))
        for one in participants_of(session(), meeting)
    }
    form.list_people(everybody, part)
    return form


def _facts_of(point: BridgePoint | None) -> dict[str, Any]:
    if point is None:
        return {"person": ""}
    facts = {"name": point.name, "place": point.place, "link": point.link}
    return facts | {"person": str(point.person_id or "")}


def _with_place(name: str, place: str | None) -> str:
    return f"{name} ({place})" if place else name


def _fits(form: PointForm, meeting: Meeting, point: BridgePoint | None) -> bool:
    others = [one for one in queries.points_of(session(), meeting) if one is not point]
    if any(one.name == form.name.data for one in others):
        form.name.errors = [_("There is a bridge point of this name there already.")]
        return False
    hours = (meeting.starts_at, meeting.ends_at)
    return fits(form, hours, len(form.people.data or ()), meeting, main=False)


def _known(form: PointForm) -> dict[str, Any]:
    return form.facts() | {"clearing": clearing(), "by": person_asking()}


def _back(meeting: Meeting) -> ResponseReturnValue:
    return redirect(url_for("agenda.points", meeting=meeting.id), 303)


def _show(form: PointForm, meeting: Meeting, point: BridgePoint | None) -> ResponseReturnValue:
    status = INVALID if form.is_submitted() else 200
    shown = render_template("agenda/point_form.html", form=form, meeting=meeting, point=point)
    return shown, status


def register(pages: Pages) -> None:
    """Add the routes of bridge points."""
    at_meeting, at_point = "/meetings/<uuid:meeting>/points", "/points/<uuid:point>"
    prepares, changes = Permission.MEETING_PREPARE, Permission.POINT_PREPARE
    pages.get(at_meeting, needs=prepares)(points)
    pages.form(f"{at_meeting}/new", needs=prepares)(new_point)
    pages.form(f"{at_point}/edit", needs=changes)(edit_point)
    pages.post(f"{at_point}/delete", needs=changes)(drop_point)
