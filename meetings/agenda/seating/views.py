"""Drawing the plan of a room, and seating the participants of a meeting on it."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings.agenda.places.queries import room_of
from meetings.agenda.seating import queries, services
from meetings.agenda.seating.forms import FillForm, PlanForm, SwapForm
from meetings.agenda.seating.queries import LETTERS, Place, Plan, resized
from meetings.models import Meeting, Room
from meetings.policy import Permission
from meetings.web.context import session
from meetings.web.pages import Pages

INVALID = 422
FIRST_SIZE = (3, 5, 8)


def plan(room: Room) -> ResponseReturnValue:
    """Draw the plan of a room: its size, and which places are seats."""
    drawn = Plan.of(room)
    shown = drawn if drawn.rows else resized(drawn, *FIRST_SIZE)
    size = {"podium": shown.podium, "rows": len(shown.rows), "columns": shown.columns}
    form = PlanForm(data=size)
    valid = form.validate_on_submit()
    if valid:
        shown = form.plan()
        if form.saves:
            services.draw_plan(session(), room, shown)
            flash(_("Saved."), "success")
            return redirect(url_for("agenda.plan", room=room.id), 303)
    form.drawn.process(None, f"{len(shown.rows)}-{shown.columns}")
    status = INVALID if form.is_submitted() and not valid else 200
    page = render_template(
        "agenda/plan.html", room=room, form=form, plan=shown, seats=set(shown.places), at=Place
    )
    return page, status


def seats(meeting: Meeting) -> str:
    """Show who sits where at a meeting; a first tap chooses who changes places."""
    room = room_of(session(), meeting)
    drawn = Plan.of(room) if room else Plan(0, ())
    known = set(drawn.places)
    found = queries.seats_of(session(), meeting)
    taken = {place: part for place, part in found.items() if place in known}
    seated = {part.id for part in taken.values()}
    people = queries.people_to_seat(session(), meeting)
    names = {place.key: drawn.name(place) for place in known}
    first = request.args.get("first", "")
    return render_template(
        "agenda/seats.html",
        meeting=meeting,
        room=room,
        plan=drawn,
        known=known,
        taken=taken,
        standing=[part for part in people if part.id not in seated],
        first=first if first in names else "",
        first_name=names.get(first, ""),
        letters=LETTERS,
        at=Place,
    )


def fill_seats(meeting: Meeting) -> ResponseReturnValue:
    """Seat the participants by protocol."""
    room, form = room_of(session(), meeting), FillForm()
    if not form.validate_on_submit() or room is None:
        abort(INVALID)
    drawn, people = Plan.of(room), queries.people_to_seat(session(), meeting)
    found = queries.seats_of(session(), meeting) if form.whom.data == "rest" else {}
    known = set(drawn.places)
    kept = {place: part.id for place, part in found.items() if place in known}
    services.seat(session(), meeting, queries.by_protocol(drawn, people, kept))
    return redirect(url_for("agenda.seats", meeting=meeting.id), 303)


def swap_seats(meeting: Meeting) -> ResponseReturnValue:
    """Let those on two seats change places."""
    room, form = room_of(session(), meeting), SwapForm()
    places = form.choose_among(Plan.of(room)) if room else {}
    if not room or not form.validate_on_submit():
        abort(INVALID)
    first, second = places[str(form.first.data)], places[str(form.second.data)]
    services.swap(session(), meeting, first, second)
    return redirect(url_for("agenda.seats", meeting=meeting.id), 303)


def register(pages: Pages) -> None:
    """Add the routes of plans and seats."""
    at_meeting, prepares = "/meetings/<uuid:meeting>/seats", Permission.MEETING_PREPARE
    pages.form("/rooms/<uuid:room>/plan", needs=Permission.ROOM_KEEP)(plan)
    pages.get(at_meeting, needs=prepares)(seats)
    pages.post(f"{at_meeting}/fill", needs=prepares)(fill_seats)
    pages.post(f"{at_meeting}/swap", needs=prepares)(swap_seats)
