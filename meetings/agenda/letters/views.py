"""The page on which the office drafts a letter of invitation, and the letter as a file."""

from collections.abc import Callable, Mapping
from dataclasses import asdict

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings.agenda.letters import queries, services
from meetings.agenda.letters.forms import LetterForm
from meetings.models import Meeting
from meetings.policy import Permission
from meetings.press import word
from meetings.press.document import Document
from meetings.press.layouts import lay_out
from meetings.press.pdf import UnavailableError, typeset
from meetings.press.tables import FORMATS
from meetings.web.context import person_asking, session
from meetings.web.pages import Pages


def _pdf(document: Document) -> bytes:
    return typeset(lay_out(document))


MAKERS: Mapping[str, Callable[[Document], bytes]] = {"docx": word.docx, "pdf": _pdf}


def letter(meeting: Meeting) -> ResponseReturnValue:
    """Show the draft of a letter, and keep what the office changes in it."""
    form = LetterForm(data=asdict(queries.words_of(session(), meeting)))
    if form.validate_on_submit():
        services.save(session(), meeting, form.words)
        flash(_("The letter is kept. Take it as a file for the registry."), "success")
        return redirect(url_for("agenda.letter", meeting=meeting.id), 303)
    facts = queries.facts_of(session(), meeting, by=person_asking())
    page = render_template("agenda/letter.html", meeting=meeting, form=form, facts=facts)
    return page, 422 if form.is_submitted() else 200


def letter_file(meeting: Meeting) -> Response:
    """Give out the letter as it is kept, as a text document or as a PDF."""
    ending = request.args.get("format", "")
    if ending not in MAKERS:
        abort(404)
    words = queries.words_of(session(), meeting)
    document = services.compose(words, queries.facts_of(session(), meeting, by=person_asking()))
    try:
        content = MAKERS[ending](document)
    except UnavailableError:
        abort(503)
    answer = Response(content, mimetype=FORMATS[ending][1])
    answer.headers["Content-Disposition"] = f'attachment; filename="giay-moi.{ending}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def register(pages: Pages) -> None:
    """Add the routes of the letter."""
    at, prepares = "/meetings/<uuid:meeting>/invitation-letter", Permission.MEETING_PREPARE
    pages.form(at, needs=prepares)(letter)
    pages.get(f"{at}/file", needs=prepares)(letter_file)
