"""The clerk's pages: call, prepare and release a meeting."""

from typing import Any
from uuid import UUID

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings import events
from meetings.accounts.devices.queries import accounts_to_equip
from meetings.agenda import queries, services
from meetings.agenda.access.queries import limits_of_items
from meetings.agenda.access.services import set_closed, wish_invitation
from meetings.agenda.answers.queries import answers_of, tally
from meetings.agenda.forms import ITEM_KINDS, MEETING_STATES, PARTICIPANT_ROLES
from meetings.agenda.papers.forms import COMMENTED
from meetings.agenda.papers.services import has_commented_papers
from meetings.agenda.participants.queries import items_of_parts, removed_of
from meetings.agenda.places.queries import people_expected, room_of
from meetings.agenda.places.services import book
from meetings.agenda.places.views import beside_fit, choose_among, clearing, fits
from meetings.agenda.plans.queries import (
    STAGES_OF_KIND,
    places_of,
    stages_of,
    templates_of,
)
from meetings.agenda.plans.services import set_stages
from meetings.agenda.preparation.forms import (
    CloseForm,
    InviteForm,
    ItemForm,
    MeetingForm,
    MoveForm,
    NewItemForm,
    OnPaperForm,
    SeenForm,
)
from meetings.documents.declarations.views import waiting_for
from meetings.documents.forms import WAITS
from meetings.messages.views import send_word
from meetings.models import AgendaItem, Body, Meeting, MeetingState, MessageKind, Person
from meetings.policy import Permission
from meetings.web.context import person_asking, session
from meetings.web.forms import choices
from meetings.web.live import stream_response
from meetings.web.pages import Pages
from meetings.widenings.queries import places_waiting, waiting

INVALID = 422


def create(body: Body) -> ResponseReturnValue:
    """Call a meeting of a body."""
    form = MeetingForm()
    choose_among(form, None)
    if form.validate_on_submit() and fits(form, form.hours(), 0):
        meeting = services.create_meeting(session(), body, **form.facts())
        book(session(), meeting, form.chosen, clearing=clearing(), by=person_asking())
        set_stages(session(), meeting, STAGES_OF_KIND.get(meeting.kind, ()))
        return redirect(url_for("agenda.prepare", meeting=meeting.id), 303)
    templates = templates_of(session(), body, by=person_asking())
    return _show("agenda/meeting_form.html", form, body=body, meeting=None, templates=templates)


def prepare(meeting: Meeting) -> str:
    """Show everything about a meeting that can be prepared."""
    return render_template("agenda/prepare.html", **_working_page(meeting, _invitation(meeting)))


def edit(meeting: Meeting) -> ResponseReturnValue:
    """Change the facts of a meeting."""
    form = MeetingForm(obj=meeting, seen=meeting.agenda_revision)
    choose_among(form, room_of(session(), meeting))
    first = form.validate_on_submit() and _is_first(form, meeting, meeting.title)
    if first and _rooms_fit(form, meeting):
        services.change_meeting(session(), meeting, **form.facts())
        book(session(), meeting, form.chosen, clearing=clearing(), by=person_asking())
        return _back(meeting.id)
    return _show("agenda/meeting_form.html", form, body=meeting.body, meeting=meeting)


def _rooms_fit(form: MeetingForm, meeting: Meeting) -> bool:
    hours, needed = form.hours(), people_expected(session(), meeting)
    in_the_way = beside_fit(meeting, hours)
    if in_the_way:
        form.starts_at.errors = [in_the_way]
    return not in_the_way and fits(form, hours, needed, meeting)


def office_live(meeting: Meeting) -> ResponseReturnValue:
    """Stream what those who prepare a meeting hear."""
    hub = current_app.extensions["live"]
    return stream_response(
        hub, events.office_topic(meeting.id), Permission.MEETING_PREPARE, meeting
    )


def add_item(meeting: Meeting) -> ResponseReturnValue:
    """Add an item to the agenda, at the top level or inside another."""
    form = NewItemForm(parent=request.args.get("parent", ""))
    parents = {str(item.id): item for item in queries.items_of(session(), meeting)}
    titles = {key: item.title for key, item in parents.items()}
    form.parent.choices = choices({"": _("The agenda itself"), **titles})
    if form.validate_on_submit():
        known = parents.get(form.parent.data)
        parent = session().get_one(AgendaItem, known.id) if known else None
        item = services.add_item(session(), meeting, parent=parent, **form.facts())
        return _back(meeting.id, item.id)
    return _show("agenda/item_form.html", form, meeting=meeting, item=None)


def edit_item(item: AgendaItem) -> ResponseReturnValue:
    """Change the facts of an item."""
    form = ItemForm(obj=item, seen=item.meeting.agenda_revision)
    now = f"{item.title} ({item.planned_minutes}; {item.presenter})"
    if form.validate_on_submit() and _is_first(form, item.meeting, now):
        services.change_item(session(), item, **form.facts())
        return _back(item.meeting_id, item.id)
    return _show("agenda/item_form.html", form, meeting=item.meeting, item=item)


def hand_out_on_paper(item: AgendaItem) -> ResponseReturnValue:
    """Say of an item that a paper of it is handed out in the room, or no longer."""
    form = OnPaperForm()
    if not form.validate_on_submit():
        abort(INVALID)
    services.hand_out_on_paper(session(), item, on_paper=form.says_so)
    return _back(item.meeting_id, item.id)


def close_item(item: AgendaItem) -> ResponseReturnValue:
    """Close an item to all but those named, or open it again."""
    form = CloseForm()
    if not form.validate_on_submit():
        abort(INVALID)
    set_closed(session(), item, closed=form.says_so, by=person_asking())
    return _back(item.meeting_id, item.id)


def move_item(item: AgendaItem) -> ResponseReturnValue:
    """Move an item one place up or down."""
    form = MoveForm()
    if not form.validate_on_submit():
        abort(INVALID)
    try:
        services.take_turn(session(), item.meeting, form.seen_revision)
    except services.ChangedMeanwhileError:
        return told_of_another(item.meeting_id)
    services.move_item(session(), item, step=form.step)
    if form.back.data == "arrange":
        anchor = f"item-{item.id}"
        return redirect(url_for("agenda.arrange", meeting=item.meeting_id, _anchor=anchor), 303)
    return _back(item.meeting_id, item.id)


def remove_item(item: AgendaItem) -> ResponseReturnValue:
    """Remove an item with what is nested in it."""
    meeting, title = item.meeting_id, item.title
    if has_commented_papers(session(), item):
        flash(COMMENTED, "warn")
        return _back(meeting)
    try:
        services.take_turn(session(), item.meeting, SeenForm().seen_revision)
    except services.ChangedMeanwhileError:
        return told_of_another(meeting)
    services.remove_item(session(), item)
    flash(_("“%(title)s” is no longer on the agenda.", title=title), "success")
    return _back(meeting)


def invite(meeting: Meeting) -> ResponseReturnValue:
    """Let a person take part."""
    form = _invitation(meeting)
    if form.validate_on_submit():
        person = session().get_one(Person, UUID(form.person.data))
        waits = wish_invitation(session(), meeting, person, form.role.data, by=person_asking())
        if waits:
            flash(WAITS, "success")
        elif meeting.state is MeetingState.RELEASED:
            send_word([person.id], MessageKind.INVITATION, meeting)
        return redirect(url_for("agenda.prepare", meeting=meeting.id, _anchor="participants"), 303)
    return render_template("agenda/prepare.html", **_working_page(meeting, form)), INVALID


def release(meeting: Meeting) -> ResponseReturnValue:
    """Show what a release would hand out, and release."""
    if request.method == "POST":
        is_first = meeting.state is MeetingState.PLANNED
        services.release_meeting(session(), meeting, by=person_asking())
        flash(_("Released to the participants."), "success")
        if is_first:
            invited = queries.participants_of(session(), meeting)
            send_word([part.person_id for part in invited], MessageKind.INVITATION, meeting)
        return _back(meeting.id)
    lines = queries.agenda_of(session(), meeting, user=person_asking())
    return render_template(
        "agenda/release.html",
        meeting=meeting,
        lines=lines,
        places=places_of(session(), meeting),
        papers=[paper for line in lines for paper in line.papers],
        participants=queries.participants_of(session(), meeting),
    )


def _invitation(meeting: Meeting) -> InviteForm:
    form = InviteForm()
    people = queries.people_to_invite(session(), meeting, user=person_asking())
    form.person.choices = choices({person.id: person.display_name for person in people})
    return form


def _working_page(meeting: Meeting, invitation: InviteForm) -> dict[str, Any]:
    participants = queries.participants_of(session(), meeting)
    people = [participant.person for participant in participants]
    answers = answers_of(session(), meeting)
    return {
        "meeting": meeting,
        "room": room_of(session(), meeting),
        "expected": people_expected(session(), meeting),
        "lines": queries.agenda_of(session(), meeting, user=person_asking()),
        "waiting": places_waiting(waiting(session(), by=person_asking())),
        "undeclared": waiting_for(meeting.id),
        "limits": limits_of_items(session(), meeting),
        "participants": participants,
        "stages": stages_of(session(), meeting),
        "places": places_of(session(), meeting),
        "parts": items_of_parts(session(), participants),
        "removed": removed_of(session(), meeting),
        "accounts": accounts_to_equip(session(), people, by=person_asking()),
        "invitation": invitation,
        "states": MEETING_STATES,
        "kinds": ITEM_KINDS,
        "roles": PARTICIPANT_ROLES,
        "answers": answers,
        "tally": tally(participants, answers),
    }


def _is_first(form: SeenForm, meeting: Meeting, now: str) -> bool:
    """Tell whether nobody else changed the agenda since the form was shown; else say what it is."""
    try:
        services.take_turn(session(), meeting, form.seen_revision)
    except services.ChangedMeanwhileError:
        told = _("Somebody else changed the agenda meanwhile. Now it says: %(now)s. ", now=now)
        form.is_late(
            meeting.agenda_revision, told + _("Please compare, and save again to put yours there.")
        )
        return False
    return True


def told_of_another(meeting: UUID) -> ResponseReturnValue:
    """Show the agenda as somebody else left it; nothing of it was changed."""
    flash(
        _("Somebody else changed the agenda meanwhile. This is how it is now; please look again."),
        "warn",
    )
    return redirect(url_for("agenda.arrange", meeting=meeting), 303)


def _back(meeting: UUID, item: UUID | None = None) -> ResponseReturnValue:
    anchor = f"item-{item}" if item else None
    return redirect(url_for("agenda.prepare", meeting=meeting, _anchor=anchor), 303)


def _show(template: str, form: Any, **parts: Any) -> ResponseReturnValue:
    status = INVALID if form.is_submitted() else 200
    return render_template(template, form=form, **parts), status


def register(pages: Pages) -> None:
    """Add the routes of preparation."""
    at_meeting, at_item = "/meetings/<uuid:meeting>", "/agenda-items/<uuid:item>"
    prepares, changes = Permission.MEETING_PREPARE, Permission.AGENDA_ITEM_PREPARE
    pages.form("/bodies/<uuid:body>/meetings/new", needs=Permission.MEETING_CREATE)(create)
    pages.get(f"{at_meeting}/prepare", needs=prepares)(prepare)
    pages.form(f"{at_meeting}/edit", needs=prepares)(edit)
    pages.get(f"{at_meeting}/office-live", needs=prepares)(office_live)
    pages.form(f"{at_meeting}/release", needs=Permission.MEETING_RELEASE)(release)
    pages.form(f"{at_meeting}/agenda-items/new", needs=prepares)(add_item)
    pages.post(f"{at_meeting}/participants", needs=prepares)(invite)
    pages.form(f"{at_item}/edit", needs=changes)(edit_item)
    pages.post(f"{at_item}/move", needs=changes)(move_item)
    pages.post(f"{at_item}/close", needs=changes)(close_item)
    pages.post(f"{at_item}/on-paper", needs=changes)(hand_out_on_paper)
    pages.post(f"{at_item}/delete", needs=changes)(remove_item)
