"""The office's pages about who takes part."""

from collections.abc import Sequence
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from meetings.agenda.access.services import items_of_part
from meetings.agenda.forms import PARTICIPANT_ROLES
from meetings.agenda.participants import queries, services
from meetings.agenda.participants.forms import BringBackForm, ChoiceForm, PartForm
from meetings.agenda.participants.services import Outcome
from meetings.agenda.preparation.forms import UninviteForm
from meetings.agenda.queries import numbered_items, participants_of
from meetings.documents.forms import WAITS
from meetings.messages.views import send_word
from meetings.models import Body, Meeting, MeetingState, MessageKind, Participant
from meetings.policy import Permission
from meetings.web.context import person_asking, session
from meetings.web.forms import choices
from meetings.web.pages import Pages

INVALID = 422


def choose(meeting: Meeting) -> ResponseReturnValue:
    """Show whom a body or some words bring up, and let those checked take part."""
    bodies = queries.bodies_to_choose(session(), meeting, by=person_asking())
    body, words = _asked_body(bodies), request.args.get("q", "").strip()
    found = queries.candidates(session(), meeting, by=person_asking(), body=body, words=words)
    people = {one.listed.person.id: one for one in found[: queries.MOST]}
    form = ChoiceForm()
    form.offer(numbered_items(session(), meeting))
    form.list_people(people, checked=body is not None)
    if form.validate_on_submit():
        chosen = [people[person].listed.person for person in form.chosen]
        outcome = services.admit(
            session(),
            meeting,
            chosen,
            form.role.data,
            by=person_asking(),
            items=form.chosen_items,
        )
        _tell(outcome)
        if meeting.state is MeetingState.RELEASED and outcome.added:
            added = [person.id for person in outcome.added]
            send_word(added, MessageKind.INVITATION, meeting)
        return _back(meeting.id)
    page = render_template(
        "agenda/choose_participants.html",
        meeting=meeting,
        form=form,
        bodies=bodies,
        body=body,
        words=words,
        candidates=people.values(),
        more=len(found) - len(people),
        roles=PARTICIPANT_ROLES,
    )
    return page, INVALID if form.is_submitted() else 200


def change(participant: Participant) -> ResponseReturnValue:
    """Change as what somebody takes part, and in which items."""
    meeting = session().get_one(Meeting, participant.meeting_id)
    items = items_of_part(session(), participant)
    form = PartForm(role=participant.role, items=[str(item) for item in items or ()])
    form.offer(numbered_items(session(), meeting))
    if form.validate_on_submit():
        waits = services.change_part(
            session(), participant, form.role.data, by=person_asking(), items=form.chosen_items
        )
        if waits:
            flash(WAITS, "success")
        return _back(meeting.id)
    page = render_template(
        "agenda/participant_form.html", meeting=meeting, participant=participant, form=form
    )
    return page, INVALID if form.is_submitted() else 200


def remove(meeting: Meeting) -> ResponseReturnValue:
    """Let a person take part no longer, and offer to bring them back."""
    form = UninviteForm()
    parts = {str(p.person_id): p for p in participants_of(session(), meeting)}
    form.person.choices = choices({key: key for key in parts})
    if not form.validate_on_submit():
        abort(INVALID)
    services.take_off(session(), meeting, parts[form.person.data])
    return _back(meeting.id)


def bring_back(meeting: Meeting) -> ResponseReturnValue:
    """Undo that somebody was taken off."""
    form = BringBackForm()
    removed = {str(one.id): one for one in queries.removed_of(session(), meeting)}
    form.removed.choices = choices({key: key for key in removed})
    if not form.validate_on_submit():
        abort(INVALID)
    one = removed[form.removed.data]
    _tell(services.bring_back(session(), meeting, one, by=person_asking()))
    return _back(meeting.id)


def _asked_body(bodies: Sequence[Body]) -> Body | None:
    asked = request.args.get("body", "")
    return next((body for body in bodies if str(body.id) == asked), None)


def _tell(outcome: Outcome) -> None:
    if outcome.added:
        count = len(outcome.added)
        flash(
            ngettext("%(num)d person was added.", "%(num)d persons were added.", count), "success"
        )
    for part in outcome.known:
        role = PARTICIPANT_ROLES[part.role]
        name = part.person.display_name
        said = _("%(name)s takes part already (%(role)s) and stays so.", name=name, role=role)
        flash(said, "info")
    if outcome.waiting:
        flash(WAITS, "success")


def _back(meeting: UUID) -> ResponseReturnValue:
    return redirect(url_for("agenda.prepare", meeting=meeting, _anchor="participants"), 303)


def register(pages: Pages) -> None:
    """Add the routes of participants."""
    at, prepares = "/meetings/<uuid:meeting>/participants", Permission.MEETING_PREPARE
    pages.form(f"{at}/choose", needs=prepares, endpoint="choose_participants")(choose)
    pages.post(f"{at}/remove", needs=prepares, endpoint="uninvite")(remove)
    pages.post(f"{at}/bring-back", needs=prepares, endpoint="bring_back")(bring_back)
    changes = Permission.PARTICIPANT_PREPARE
    path = "/participants/<uuid:participant>/edit"
    pages.form(path, needs=changes, endpoint="change_part")(change)
