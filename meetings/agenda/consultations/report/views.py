"""The report as a file, as a text document or as a PDF."""

from flask import Response, abort, request

from meetings.agenda.consultations import queries
from meetings.agenda.consultations.report.services import compose
from meetings.agenda.letters.queries import words_of
from meetings.agenda.letters.views import MAKERS
from meetings.models import Meeting
from meetings.policy import Permission
from meetings.press.pdf import UnavailableError
from meetings.press.tables import FORMATS
from meetings.web.context import person_asking, session
from meetings.web.pages import Pages


def report_file(meeting: Meeting) -> Response:
    """Give out what the answers come to."""
    ending = request.args.get("format", "")
    form = queries.consultation_of(session(), meeting)
    if form is None or ending not in MAKERS:
        abort(404)
    lines = queries.lines_of(session(), form, meeting, by=person_asking())
    counts = queries.collated(session(), form, meeting, lines)
    document = compose(words_of(session(), meeting), meeting, form, counts, lines)
    try:
        content = MAKERS[ending](document)
    except UnavailableError:
        abort(503)
    answer = Response(content, mimetype=FORMATS[ending][1])
    answer.headers["Content-Disposition"] = f'attachment; filename="tong-hop-y-kien.{ending}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def register(pages: Pages) -> None:
    """Add the route of the report."""
    at, prepares = "/meetings/<uuid:meeting>/consultation/file", Permission.MEETING_PREPARE
    pages.get(at, needs=prepares, endpoint="consultation_file")(report_file)
