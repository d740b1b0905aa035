"""Pages of a search inside one meeting and inside one body."""

from flask import render_template, request, url_for
from sqlalchemy import Select

from meetings.archive.within import queries
from meetings.models import Body, Document, Meeting
from meetings.policy import Permission
from meetings.web.context import installation, person_asking, session
from meetings.web.pages import Pages


def in_meeting(meeting: Meeting) -> str:
    """Search the papers of a meeting."""
    home = url_for("agenda.meeting", meeting=meeting.id)
    return _page(meeting.title, home, queries.papers_of(meeting, by=person_asking()))


def in_body(body: Body) -> str:
    """Search the documents of a body."""
    home = url_for("organisation.body", body=body.id)
    return _page(body.name, home, queries.documents_of(body, by=person_asking()))


def _page(name: str, home: str, among: Select[Document]) -> str:
    words = request.args.get("q", "").strip("\n\r\t")[:500]
    page = request.args.get("page", 1, type=int)
    inside = queries.search_inside(session(), installation(), words, among, page=page)
    facts = {"name": name, "home": home, "words": words.strip(), "inside": inside}
    return render_template("archive/within.html", **facts)


def register(pages: Pages) -> None:
    """Add the routes of the searches inside something."""
    meeting, body = "/meetings/<uuid:meeting>/search", "/bodies/<uuid:body>/search"
    pages.get(meeting, needs=Permission.MEETING_READ)(in_meeting)
    pages.get(body, needs=Permission.BODY_READ)(in_body)
