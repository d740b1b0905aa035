"""The pages on which the invited answer, and the office follows and decides about substitutes."""

from uuid import UUID

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from meetings.agenda.answers import queries, services
from meetings.agenda.answers.forms import ABSENT, COMING, STANDINGS, AnswerForm, SubstituteForm
from meetings.agenda.forms import PARTICIPANT_ROLES
from meetings.documents.forms import WAITS
from meetings.messages.forms import STATES, WAYS
from meetings.messages.queries import messages_about
from meetings.messages.views import send_word
from meetings.models import (
    InvitationAnswer,
    Meeting,
    MeetingState,
    MessageKind,
    Participant,
    Person,
)
from meetings.policy import Permission
from meetings.press.tables import Sheet
from meetings.web.context import person_asking, session
from meetings.web.exports import asked_ending, list_file
from meetings.web.forms import choices
from meetings.web.pages import Pages

INVALID = 422


def answer(meeting: Meeting) -> ResponseReturnValue:
    """Show what a person answered to an invitation, and take their answer until it opens."""
    given = queries.answer_of(session(), meeting, by=person_asking())
    form = _form(meeting, given, person_asking().person_id)
    if meeting.state is MeetingState.RELEASED and form.validate_on_submit():
        part = queries.part_of(session(), meeting, by=person_asking().person_id)
        if part is None:  # the policy let nobody else come this far
            raise LookupError
        _keep(part, form)
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
        elif given.substitute_id and meeting.state is MeetingState.RELEASED:
            send_word([given.substitute_id], MessageKind.INVITATION, meeting)
    else:
        services.refuse(given)
    return redirect(url_for("agenda.prepare", meeting=meeting.id, _anchor="participants"), 303)


def _known(given: InvitationAnswer | None) -> dict[str, str]:
    if given is None:
        return {}
    known = {"coming": COMING if given.coming else ABSENT, "reason": given.reason}
    return known | {"substitute": str(given.substitute_id or "")}


def answer_for(participant: Participant) -> ResponseReturnValue:
    """Enter what somebody answered to the office by word or on paper."""
    meeting = session().get_one(Meeting, participant.meeting_id)
    given = queries.answers_of(session(), meeting).get(participant.id)
    form = _form(meeting, given, participant.person_id)
    if form.validate_on_submit():
        _keep(participant, form)
        return redirect(url_for("agenda.answers", meeting=meeting.id), 303)
    page = render_template(
        "agenda/answer_for.html", meeting=meeting, participant=participant, form=form
    )
    return page, INVALID if form.is_submitted() else 200


def answers(meeting: Meeting) -> str:
    """Show who answered what, and who did not."""
    show = request.args.get("show", "")
    listed = queries.answer_lines(session(), meeting, by=person_asking())
    return render_template(
        "agenda/answers.html",
        meeting=meeting,
        lines=[line for line in listed if show in {"", line.standing}],
        tally=queries.tally([line.part for line in listed], queries.answers_of(session(), meeting)),
        show=show,
        roles=PARTICIPANT_ROLES,
        standings=STANDINGS,
        messages=messages_about(session(), meeting),
        ways=WAYS,
        states=STATES,
    )


def answers_file(meeting: Meeting) -> Response:
    """Give out the list of answers as a file."""
    asked_ending()
    lines = queries.answer_lines(session(), meeting, by=person_asking())
    columns = [
        _("Number"),
        _("Full name"),
        _("Posts"),
        _("Takes part as"),
        _("Answer"),
        _("Reason"),
    ]
    rows = [_told(number, line) for number, line in enumerate(lines, 1)]
    title = _("Answers: %(title)s", title=meeting.title)
    return list_file(Sheet(title, columns, rows), "tra-loi")


def remind(meeting: Meeting) -> ResponseReturnValue:
    """Ask those who have not answered to do so, once they can."""
    if meeting.state is not MeetingState.RELEASED:
        flash(_("Nobody can answer before the meeting is released."), "warn")
    else:
        people = services.remind(session(), meeting)
        told = ngettext("%(num)d person is reminded.", "%(num)d persons are reminded.", len(people))
        flash(told, "success")
        send_word(people, MessageKind.REMINDER, meeting)
    return redirect(url_for("agenda.answers", meeting=meeting.id), 303)


def _told(number: int, line: queries.AnswerLine) -> list[str]:
    standing, given = str(STANDINGS[line.standing][0]), line.answer
    sent = given.substitute.display_name if given and given.substitute else ""
    instead = _("In their place: %(name)s", name=sent) if sent else ""
    reason = "; ".join(filter(None, (given.reason if given else "", instead)))
    role = str(PARTICIPANT_ROLES[line.part.role])
    return [str(number), line.part.person.display_name, line.posts, role, standing, reason]


def _form(meeting: Meeting, given: InvitationAnswer | None, person: UUID) -> AnswerForm:
    form = AnswerForm(data=_known(given))
    proposed = [given.substitute] if given and given.substitute else []
    others = queries.people_to_send(session(), meeting, by=person_asking(), of=person)
    form.offer([*proposed, *others])
    return form


def _keep(part: Participant, form: AnswerForm) -> None:
    chosen = form.substitute.data
    substitute = session().get_one(Person, UUID(chosen)) if chosen else None
    services.answer(
        session(), part, coming=form.is_coming, reason=form.reason.data or "", substitute=substitute
    )


def register(pages: Pages) -> None:
    """Add the routes of answers."""
    at_meeting, prepares = "/meetings/<uuid:meeting>", Permission.MEETING_PREPARE
    pages.form(f"{at_meeting}/answer", needs=Permission.MEETING_ANSWER)(answer)
    pages.get(f"{at_meeting}/answers", needs=prepares)(answers)
    pages.get(f"{at_meeting}/answers/file", needs=prepares)(answers_file)
    pages.post(f"{at_meeting}/reminders", needs=prepares)(remind)
    pages.post(f"{at_meeting}/substitutes", needs=prepares)(decide)
    by_office = Permission.PARTICIPANT_PREPARE
    pages.form("/participants/<uuid:participant>/answer", needs=by_office)(answer_for)
