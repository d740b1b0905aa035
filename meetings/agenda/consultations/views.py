"""The pages of a form: the office sets it up and follows it, those who are asked fill it in."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from meetings import clock
from meetings.agenda.consultations import queries, services
from meetings.agenda.consultations.forms import (
    BASES,
    SILENCES,
    STANCES,
    OpinionForm,
    PaperOpinionForm,
    consultation_form,
    opinion_form,
)
from meetings.agenda.consultations.report import views as report
from meetings.agenda.consultations.report.services import percent
from meetings.agenda.letters.queries import UNNAMED
from meetings.agenda.queries import agenda_of, numbered_items
from meetings.messages.views import send_word
from meetings.models import Consultation, Meeting, MessageKind, Participant
from meetings.models.agenda import WITH_A_VOTE
from meetings.policy import Permission
from meetings.web.context import person_asking, session
from meetings.web.pages import Pages

INVALID = 422


def consultation(meeting: Meeting) -> str:
    """Show who has answered and what the answers come to."""
    form = queries.consultation_of(session(), meeting)
    facts: dict[str, Any] = {"meeting": meeting, "form": form}
    if form is not None:
        lines = queries.lines_of(session(), form, meeting, by=person_asking())
        facts |= {
            "lines": lines,
            "received": sum(line.reply is not None for line in lines),
            "counts": queries.collated(session(), form, meeting, lines),
            "unsealed": _unsealed(form, meeting, lines),
            "open": queries.is_open(form, meeting),
            "over": form.due_at <= clock.now(),
            "percent": percent,
            "stances": STANCES,
            "bases": BASES,
            "silences": SILENCES,
        }
    return render_template("agenda/consultation.html", **facts)


def _unsealed(form: Consultation, meeting: Meeting, lines: Sequence[queries.Line]) -> set[UUID]:
    """Return which replies no longer say what was sealed."""
    questions = queries.questions_of(session(), form, meeting)
    given = (line.reply for line in lines if line.reply)
    return {reply.id for reply in given if not services.is_sealed(reply, questions)}


def set_up(meeting: Meeting) -> ResponseReturnValue:
    """Write the form; its questions until somebody has answered, its terms at any time."""
    known = queries.consultation_of(session(), meeting)
    fixed = known is not None and queries.has_replies(session(), known)
    agenda = numbered_items(session(), meeting)
    items = [] if fixed else [line for line in agenda if line[1].kind not in UNNAMED]
    form = consultation_form(items, known, _asked(known, meeting))
    form.offer(queries.followers(session(), meeting, by=person_asking()))
    if form.validate_on_submit():
        services.set_up(session(), meeting, form.terms, form.questions)
        flash(_("The form is kept."), "success")
        return redirect(url_for("agenda.consultation", meeting=meeting.id), 303)
    page = render_template(
        "agenda/consultation_form.html", meeting=meeting, form=form, fixed=fixed, items=items
    )
    return page, INVALID if form.is_submitted() else 200


def _asked(form: Consultation | None, meeting: Meeting) -> dict[UUID, list[str]]:
    asked: dict[UUID, list[str]] = defaultdict(list)
    for question in queries.questions_of(session(), form, meeting) if form else ():
        if question.item_id:
            asked[question.item_id].append(question.text)
    return asked


def remind(meeting: Meeting) -> ResponseReturnValue:
    """Ask those who have not answered to do so, while they can."""
    form = queries.consultation_of(session(), meeting) or abort(404)
    if queries.is_open(form, meeting):
        people = services.remind(session(), form, meeting, by=person_asking())
        told = ngettext("%(num)d person is reminded.", "%(num)d persons are reminded.", len(people))
        flash(told, "success")
        send_word([person.id for person in people], MessageKind.REMINDER, meeting)
    else:
        flash(_("Nobody can answer now: not released yet, or the deadline has passed."), "warn")
    return redirect(url_for("agenda.consultation", meeting=meeting.id), 303)


def opinion(meeting: Meeting) -> ResponseReturnValue:
    """Show the form to one who is asked, and take their answer until the deadline."""
    form = queries.consultation_of(session(), meeting) or abort(404)
    questions = queries.own_questions(session(), form, meeting, by=person_asking())
    reply = queries.reply_of(session(), form, person_asking().person_id)
    is_open = queries.is_open(form, meeting) and bool(questions)
    asked = opinion_form(OpinionForm, questions, reply, is_open=is_open)
    if is_open and asked.validate_on_submit():
        services.give(
            session(),
            form,
            person_asking().person_id,
            asked.opinions(questions),
            by=person_asking(),
        )
        flash(_("Your opinion has reached the office."), "success")
        return redirect(url_for("agenda.opinion", meeting=meeting.id), 303)
    lines = agenda_of(session(), meeting, user=person_asking())
    page = render_template(
        "agenda/opinion.html",
        meeting=meeting,
        consultation=form,
        form=asked,
        pairs=asked.pairs(questions),
        papers={line.item.id: line.papers for line in lines},
        reply=reply,
        open=is_open,
        stances=STANCES,
    )
    return page, INVALID if asked.is_submitted() else 200


def opinion_for(participant: Participant) -> ResponseReturnValue:
    """Enter what somebody answered on paper; what they gave under their account stays theirs."""
    meeting = session().get_one(Meeting, participant.meeting_id)
    form = queries.consultation_of(session(), meeting)
    if form is None or participant.role not in WITH_A_VOTE:
        abort(404)
    questions = queries.questions_for(session(), form, meeting, participant)
    reply = queries.reply_of(session(), form, participant.person_id)
    theirs = reply is not None and reply.entered_by is None
    asked = opinion_form(PaperOpinionForm, questions, reply)
    if not theirs and questions and asked.validate_on_submit() and _in_time(asked, form):
        services.give(
            session(),
            form,
            participant.person_id,
            asked.opinions(questions),
            by=person_asking(),
            received_on=asked.received_on.data,
        )
        return redirect(url_for("agenda.consultation", meeting=meeting.id), 303)
    page = render_template(
        "agenda/opinion_for.html",
        meeting=meeting,
        participant=participant,
        form=asked,
        pairs=asked.pairs(questions),
        theirs=theirs,
    )
    return page, INVALID if asked.is_submitted() else 200


def _in_time(asked: PaperOpinionForm, form: Consultation) -> bool:
    last = clock.local(form.due_at).date()
    if asked.received_on.data and asked.received_on.data <= last:
        return True
    asked.received_on.errors = [_("It came after the deadline. Move the deadline first.")]
    return False


def register(pages: Pages) -> None:
    """Add the routes of a form."""
    at, prepares = "/meetings/<uuid:meeting>/consultation", Permission.MEETING_PREPARE
    pages.get(at, needs=prepares)(consultation)
    pages.form(f"{at}/edit", needs=prepares, endpoint="set_up_consultation")(set_up)
    pages.post(f"{at}/reminders", needs=prepares, endpoint="remind_consultation")(remind)
    report.register(pages)
    pages.form("/meetings/<uuid:meeting>/opinion", needs=Permission.OPINION_GIVE)(opinion)
    by_office = Permission.PARTICIPANT_PREPARE
    pages.form("/participants/<uuid:participant>/opinion", needs=by_office)(opinion_for)
