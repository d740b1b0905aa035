"""Pages of a search inside one meeting and inside one body."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import render_template, url_for
from sqlalchemy import Select

from meetings.archive.within import queries
from meetings.models import Body, Document, Meeting
from meetings.policy import Permission
from meetings.web.context import person_asking
from meetings.web.pages import Pages

Found = Callable[[Select[Document]], Mapping[str, Any]]
"""What a page shows of the search in the address among some documents."""


def register(pages: Pages, found: Found) -> None:
    """Add the routes of the searches inside something; `found` is the archive's own search."""

    def in_meeting(meeting: Meeting) -> str:
        """Search the papers of a meeting."""
        home = url_for("agenda.meeting", meeting=meeting.id)
        papers = queries.papers_of(meeting, by=person_asking())
        return render_template(
            "archive/within.html", name=meeting.title, home=home, **found(papers)
        )

    def in_body(body: Body) -> str:
        """Search the documents of a body."""
        home = url_for("organisation.body", body=body.id)
        documents = queries.documents_of(body, by=person_asking())
        return render_template("archive/within.html", name=body.name, home=home, **found(documents))

    meeting, body = "/meetings/<uuid:meeting>/search", "/bodies/<uuid:body>/search"
    pages.get(meeting, needs=Permission.MEETING_READ)(in_meeting)
    pages.get(body, needs=Permission.BODY_READ)(in_body)
