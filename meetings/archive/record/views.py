"""The page of one document in the archive: facts, versions, relations, circulation, meetings."""

from flask import render_template

from meetings.archive.record.queries import record_of
from meetings.documents.forms import ACCESS_LEVELS, REACHES, RELATIONS, VALIDITIES
from meetings.models import Document
from meetings.policy import Permission
from meetings.web.context import person_asking, session
from meetings.web.pages import Pages


def record(document: Document) -> str:
    """Show everything recorded about a document."""
    return render_template(
        "archive/record.html",
        record=record_of(session(), document, by=person_asking()),
        levels=ACCESS_LEVELS,
        reaches=REACHES,
        relations=RELATIONS,
        validities=VALIDITIES,
    )


def register(pages: Pages) -> None:
    """Add the route of the record."""
    pages.get("/documents/<uuid:document>/record", needs=Permission.DOCUMENT_FACTS)(record)
