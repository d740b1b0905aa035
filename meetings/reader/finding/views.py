"""Where the reader asks for words in the document that is open."""

from flask import Response, abort, jsonify, request

from meetings.models import Document
from meetings.policy import Permission
from meetings.reader.finding import queries
from meetings.vault import Recalled
from meetings.web.context import installation, session
from meetings.web.pages import Pages


def find(document: Document) -> Response:
    """List the hits of some words, page by page."""
    text = request.args.get("q", "")[:500]
    try:
        return jsonify(pages=queries.hits_of(session(), installation(), document, text))
    except Recalled:
        abort(404)


def register(pages: Pages) -> None:
    """Add the route of the search within a document."""
    pages.get("/documents/<uuid:document>/find", needs=Permission.DOCUMENT_BOOKMARK)(find)
