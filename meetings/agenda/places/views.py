"""The pages of rooms: which there are, who holds them, and taking one for a meeting."""

import calendar
from datetime import datetime, timedelta
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from meetings import clock, policy
from meetings.agenda.calendar.views import asked_day, asked_month
from meetings.agenda.places import queries, services
from meetings.agenda.places.forms import NewRoomForm, Offers, RoomFields, RoomForm
from meetings.agenda.places.queries import Hours, Wish
from meetings.models import Meeting, Room
from meetings.policy import Permission
from meetings.web.context import installation, person_asking, session
from meetings.web.i18n import clock_time, day
from meetings.web.pages import Pages

INVALID = 422
SPANS = {"week": 7, "list": 60}


def clearing() -> timedelta:
    """Return how long a room is aired and laid anew between two meetings."""
    return timedelta(minutes=installation().settings.room_clearing)


def rooms() -> str:
    """Show all rooms side by side over the hours of a day."""
    shown, who = asked_day(), person_asking()
    listed = queries.rooms(session(), by=who)
    start, end = clock.day_bounds(shown)
    taken = queries.hours_taken(session(), start, end, by=who)
    after = timedelta(minutes=installation().settings.room_unused)
    return render_template(
        "agenda/rooms.html",
        day=shown,
        today=clock.today(),
        before=shown - timedelta(days=1),
        after=shown + timedelta(days=1),
        rooms={room.id: room for room in listed},
        picture=queries.picture_of(shown, [room for room in listed if not room.closed], taken),
        unused=queries.unused(session(), after=after, by=who),
    )


def room(room: Room) -> str:
    """Show who holds a room in a month, in a week, or as a list."""
    view = request.args.get("view", "")
    facts = {"room": room, "today": clock.today(), "keeps": _keeps(room)}
    if view == "month":
        return render_template("agenda/room_month.html", view=view, **facts, **_month(room))
    view = view if view in SPANS else "week"
    first = asked_day()
    first = first - timedelta(days=first.weekday()) if view == "week" else first
    length = SPANS[view]
    days = queries.days_of_room(session(), room, first, length, by=person_asking())
    return render_template(
        "agenda/room.html",
        view=view,
        days=[one for one in days if one.hours] if view == "list" else days,
        first=first,
        last=first + timedelta(days=length - 1),
        before=first - timedelta(days=length),
        after=first + timedelta(days=length),
        **facts,
    )


def _month(room: Room) -> dict[str, object]:
    first = asked_month()
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    count = 7 * len(weeks)
    days = queries.days_of_room(session(), room, weeks[0][0], count, by=person_asking())
    return {
        "weeks": [days[number : number + 7] for number in range(0, count, 7)],
        "first": first,
        "before": first - timedelta(days=1),
        "after": first + timedelta(days=31),
        "any": any(one.hours for one in days if one.date.month == first.month),
    }


def _keeps(room: Room) -> bool:
    return policy.allows(session(), person_asking(), Permission.ROOM_KEEP, room)


def new_room() -> ResponseReturnValue:
    """Enter a room."""
    bodies = session().scalars(policy.callable_bodies(person_asking())).all()
    form = NewRoomForm(bodies=sorted(bodies, key=lambda body: (body.position, body.name)))
    if form.validate_on_submit() and _is_the_only_one(form, form.chosen().id):
        made = services.add_room(session(), form.chosen(), **form.facts())
        flash(_("Saved."), "success")
        return redirect(url_for("agenda.room", room=made.id), 303)
    return _show(form, None)


def edit_room(room: Room) -> ResponseReturnValue:
    """Change what is recorded of a room, or close it."""
    form = RoomForm(obj=room)
    if form.validate_on_submit() and _is_the_only_one(form, room.body_id, room):
        services.change_room(session(), room, **form.facts())
        flash(_("Saved."), "success")
        ahead = len(queries.meetings_ahead(session(), room, by=person_asking()))
        if room.closed and ahead:
            flash(_still_held(ahead), "warn")
        return redirect(url_for("agenda.room", room=room.id), 303)
    return _show(form, room)


def _still_held(count: int) -> str:
    told: str = ngettext(
        "%(num)d meeting still holds this room. Please find another for it.",
        "%(num)d meetings still hold this room. Please find others for them.",
        count,
    )
    return told


def _is_the_only_one(form: RoomForm, body: UUID, room: Room | None = None) -> bool:
    name = str(form.name.data)
    if queries.namesake(session(), name, body, but=room, by=person_asking()) is None:
        return True
    form.name.errors = [_("There is a room of this name there already.")]
    return False


def _show(form: RoomForm, room: Room | None) -> ResponseReturnValue:
    status = INVALID if form.is_submitted() else 200
    return render_template("agenda/room_form.html", form=form, room=room), status


def free_room(meeting: Meeting) -> ResponseReturnValue:
    """Free the rooms that a meeting holds and does not use."""
    services.free(session(), meeting)
    flash(_("The room is free again."), "success")
    return redirect(url_for("agenda.rooms"), 303)


def choose_among(form: RoomFields, held: Room | None) -> None:
    """Let a form choose among the rooms, and keep the one that is held so far."""
    form.choose_among(queries.rooms(session(), by=person_asking()), held)


def fits(
    form: RoomFields,
    hours: tuple[datetime, datetime],
    needed: int,
    meeting: Meeting | None = None,
    *,
    main: bool = True,
) -> bool:
    """Tell whether the chosen room is free and large enough; else say so at it, with offers."""
    room, who = form.chosen, person_asking()
    if room is None:
        return True
    wish = Wish(*hours, clearing(), meeting.id if meeting else None)
    taken = services.who_holds(session(), room, wish, by=who)
    if (
        not taken
        and room is not form.held
        and queries.holds(session(), meeting, room, main=not main)
    ):
        form.room.errors = [_("This meeting uses the room already.")]
        return False
    small = needed > room.capacity and room is not form.held
    if not taken and (not small or form.anyway.data):
        return True
    form.room.errors = [_told(taken[0]) if taken else _small(room, needed)]
    form.offers = Offers(
        rooms=queries.rooms_free(session(), wish, needed=needed, by=who),
        later=queries.next_free(session(), room, wish, by=who) if taken and main else None,
        too_small=small,
    )
    return False


def beside_fit(meeting: Meeting, hours: tuple[datetime, datetime]) -> str:
    """Return what is in the way of other hours in a room of a bridge point, or nothing."""
    wish, who = Wish(*hours, clearing(), meeting.id), person_asking()
    for room in queries.rooms_beside(session(), meeting):
        taken = services.who_holds(session(), room, wish, by=who)
        if taken:
            return f"{room.label}: {_told(taken[0])}"
    return ""


def _told(hours: Hours) -> str:
    told: str = _(
        "It is taken from %(start)s to %(end)s on %(day)s by: %(title)s.",
        start=clock_time(hours.starts_at),
        end=clock_time(hours.ends_at),
        day=day(hours.starts_at),
        title=hours.title or _("another meeting"),
    )
    return told


def _small(room: Room, needed: int) -> str:
    told: str = _(
        "It has %(seats)s seats, and %(people)s people take part.",
        seats=room.capacity,
        people=needed,
    )
    return told


def register(pages: Pages) -> None:
    """Add the routes of rooms."""
    pages.get("/rooms", needs=Permission.ROOMS_READ)(rooms)
    pages.form("/rooms/new", needs=Permission.ROOM_ADD)(new_room)
    pages.get("/rooms/<uuid:room>", needs=Permission.ROOM_READ)(room)
    pages.form("/rooms/<uuid:room>/edit", needs=Permission.ROOM_KEEP)(edit_room)
    freeing = pages.post("/meetings/<uuid:meeting>/room/free", needs=Permission.MEETING_FREE_ROOM)
    freeing(free_room)
