"""The pages on which the invited answer and the office decides about substitutes."""

from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings.agenda.answers import queries, services
from meetings.agenda.answers.forms import ABSENT, COMING, AnswerForm, SubstituteForm
from meetings.documents.forms import WAITS
from meetings.models import InvitationAnswer, Meeting, MeetingState, Person
from meetings.policy import Permission
from meetings.web.context import person_asking, session
from meetings.web.forms import choices
from meetings.web.pages import Pages

INVALID = 422


def answer(meeting: Meeting) -> ResponseReturnValue:
    """Show what a person answered to an invitation, and take their answer until it opens."""
    given = queries.answer_of(session(), meeting, by=person_asking())
    form = AnswerForm(data=_known(given))
    proposed = [given.substitute] if given and given.substitute else []
    form.offer([*proposed, *queries.people_to_send(session(), meeting, by=person_asking())])
    if meeting.state is MeetingState.RELEASED and form.validate_on_submit():
        _keep(meeting, form)
        flash(_("Your answer has reached the office."), "success")
        return redirect(url_for("agenda.answer", meeting=meeting.id), 303)
    page = render_template("agenda/answer.html", meeting=meeting, form=form, given=given)
    return page, INVALID if form.is_submitted() else 200


def decide(meeting: Meeting) -> ResponseReturnValue:
    """Agree to a proposed substitute or refuse them."""
    form = SubstituteForm()
    answers = queries.answers_of(session(), meeting)
    form.participant.choices = choices({key: key for key in answers})
    if not form.validate_on_submit():
        abort(INVALID)
    given = answers[UUID(form.participant.data)]
    if form.decision.data == "agree":
        if services.agree(session(), given, role=form.role.data, by=person_asking()):
            flash(WAITS, "success")
    else:
        services.refuse(given)
    return redirect(url_for("agenda.prepare", meeting=meeting.id, _anchor="participants"), 303)


def _known(given: InvitationAnswer | None) -> dict[str, str]:
    if given is None:
        return {}
    known = {"coming": COMING if given.coming else ABSENT, "reason": given.reason}
    return known | {"substitute": str(given.substitute_id or "")}


def _keep(meeting: Meeting, form: AnswerForm) -> None:
    part = queries.part_of(session(), meeting, by=person_asking().person_id)
    if part is None:  # the policy let nobody else come this far
        raise LookupError
    chosen = form.substitute.data
    substitute = session().get_one(Person, UUID(chosen)) if chosen else None
    services.answer(
        session(), part, coming=form.is_coming, reason=form.reason.data or "", substitute=substitute
    )


def register(pages: Pages) -> None:
    """Add the routes of answers."""
    at_meeting = "/meetings/<uuid:meeting>"
    pages.form(f"{at_meeting}/answer", needs=Permission.MEETING_ANSWER)(answer)
    pages.post(f"{at_meeting}/substitutes", needs=Permission.MEETING_PREPARE)(decide)
