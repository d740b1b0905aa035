"""The page on which the office drafts a letter of invitation, and the letter as a file."""

from dataclasses import asdict

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings.agenda.letters import queries, services
from meetings.agenda.letters.forms import LetterForm
from meetings.models import Meeting
from meetings.policy import Permission
from meetings.web import exports
from meetings.web.context import person_asking, session
from meetings.web.pages import Pages


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
    exports.asked_ending(exports.LETTERS)
    words = queries.words_of(session(), meeting)
    document = services.compose(words, queries.facts_of(session(), meeting, by=person_asking()))
    return exports.letter_file(document, "giay-moi")


def register(pages: Pages) -> None:
    """Add the routes of the letter."""
    at, prepares = "/meetings/<uuid:meeting>/invitation-letter", Permission.MEETING_PREPARE
    pages.form(at, needs=prepares)(letter)
    pages.get(f"{at}/file", needs=prepares)(letter_file)
