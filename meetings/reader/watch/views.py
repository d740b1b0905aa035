"""What an open reader listens to, and what it asks when it heard something."""

from flask import Response, current_app, jsonify, request
from flask.typing import ResponseReturnValue

from meetings import events
from meetings.models import Document
from meetings.policy import Permission
from meetings.reader.watch import queries
from meetings.web.context import person_asking, session
from meetings.web.live import stream_response
from meetings.web.pages import Pages


def live(document: Document) -> ResponseReturnValue:
    """Stream that something changed for those who read a document."""
    topic = events.document_topic(document.id)
    hub = current_app.extensions["live"]
    return stream_response(hub, topic, Permission.DOCUMENT_MANIFEST, document)


def standing() -> Response:
    """Tell of the documents asked for which may be read, and in which version."""
    asked = queries.asked_for(request.args.get("documents", ""))
    return jsonify(queries.standing(session(), asked, by=person_asking()))


def register(pages: Pages) -> None:
    """Add the routes of the open reader."""
    at = "/documents/<uuid:document>"
    pages.get(f"{at}/live", needs=Permission.DOCUMENT_MANIFEST, endpoint="live")(live)
    pages.get("/reader/standing", needs=Permission.ACCOUNT_USE)(standing)
