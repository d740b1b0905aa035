"""Where the reader asks for the headings of the document that is open."""

from flask import Response, abort, jsonify

from meetings.models import Document
from meetings.policy import Permission
from meetings.reader.outline import queries
from meetings.vault import Recalled
from meetings.web.context import installation, session
from meetings.web.packing import packed
from meetings.web.pages import Pages


def outline(document: Document) -> Response:
    """List the headings of a document with their pages."""
    try:
        found = queries.outline_of(session(), installation(), document)
    except Recalled:
        abort(404)
    return packed(jsonify(headings=[heading._asdict() for heading in found]))


def register(pages: Pages) -> None:
    """Add the route of the headings."""
    pages.get("/documents/<uuid:document>/outline", needs=Permission.DOCUMENT_BOOKMARK)(outline)
