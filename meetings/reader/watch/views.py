"""What an open reader listens to, and what it asks when it heard something."""

from flask import Response, abort, current_app, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from meetings import events
from meetings.documents.changes.forms import CHANGE_KINDS
from meetings.models import Document
from meetings.policy import Permission
from meetings.reader.watch import queries
from meetings.web.context import installation, person_asking, session
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


def news(document: Document) -> str:
    """Say in words what is new in a document since the version that somebody reads."""
    pair = queries.since(session(), document, request.args.get("version", ""), by=person_asking())
    found = queries.compared(session(), installation(), *(pair or abort(404)))
    return render_template(
        "reader/watch/news.html",
        document=document,
        found=found,
        kinds=CHANGE_KINDS,
        page=request.args.get("page", 1, type=int),
        lines=queries.first_changes(found),
    )


def register(pages: Pages) -> None:
    """Add the routes of the open reader."""
    at = "/documents/<uuid:document>"
    pages.get(f"{at}/live", needs=Permission.DOCUMENT_MANIFEST, endpoint="live")(live)
    pages.get(f"{at}/news", needs=Permission.DOCUMENT_FACTS)(news)
    pages.get("/reader/standing", needs=Permission.ACCOUNT_USE)(standing)
