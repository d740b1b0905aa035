"""The report as a file, as a text document or as a PDF."""

from flask import Response, abort

from meetings.agenda.consultations import queries
from meetings.agenda.consultations.report.services import compose
from meetings.agenda.letters.queries import words_of
from meetings.models import Meeting
from meetings.policy import Permission
from meetings.web.context import person_asking, session
from meetings.web.exports import LETTERS, asked_ending, letter_file
from meetings.web.pages import Pages


def report_file(meeting: Meeting) -> Response:
    """Give out what the answers come to."""
    form = queries.consultation_of(session(), meeting) or abort(404)
    asked_ending(LETTERS)
    lines = queries.lines_of(session(), form, meeting, by=person_asking())
    counts = queries.collated(session(), form, meeting, lines)
    document = compose(words_of(session(), meeting), meeting, form, counts, lines)
    return letter_file(document, "tong-hop-y-kien")


def register(pages: Pages) -> None:
    """Add the route of the report."""
    at, prepares = "/meetings/<uuid:meeting>/consultation/file", Permission.MEETING_PREPARE
    pages.get(at, needs=prepares, endpoint="consultation_file")(report_file)
