"""Pages on which the office sees how far the participants are with their papers."""

from flask import render_template
from flask_babel import lazy_gettext as _

from meetings.models import Document, Meeting
from meetings.policy import Permission
from meetings.reader.readiness import queries
from meetings.reader.readiness.queries import Progress
from meetings.reader.trial.forms import PARTS
from meetings.reader.trial.queries import trials_of
from meetings.web.context import person_asking, session
from meetings.web.pages import Pages

PROGRESS = {
    Progress.UNOPENED: (_("Not opened"), "clock", ""),
    Progress.OPENED: (_("Opened"), "eye", "info"),
    Progress.ENDED: (_("Read to the end"), "check", "good"),
}


def meeting(meeting: Meeting) -> str:
    """Show how far the participants of a meeting are."""
    found = queries.at_meeting(session(), meeting, by=person_asking())
    return render_template(
        "reader/readiness/meeting.html",
        meeting=meeting,
        readiness=found,
        progress=PROGRESS,
        trials=trials_of(session(), meeting, by=person_asking()),
        parts=PARTS,
    )


def document(document: Document) -> str:
    """Show how far the readers of a document are."""
    found = queries.of_document(session(), document, by=person_asking())
    return render_template(
        "reader/readiness/document.html", document=document, readers=found, progress=PROGRESS
    )


def register(pages: Pages) -> None:
    """Add the routes of readiness."""
    office, owners = Permission.MEETING_PREPARE, Permission.DOCUMENT_READERS
    at_meeting, of_document = (
        "/meetings/<uuid:meeting>/readiness",
        "/documents/<uuid:document>/readiness",
    )
    pages.get(at_meeting, needs=office, endpoint="meeting_readiness")(meeting)
    pages.get(of_document, needs=owners, endpoint="document_readiness")(document)
