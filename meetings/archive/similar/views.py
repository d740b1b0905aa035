"""The page of what else there is about the matter of a document."""

from flask import render_template

from meetings.archive.similar.queries import alike
from meetings.models import Document
from meetings.policy import Permission
from meetings.web.context import installation, person_asking, session
from meetings.web.pages import Pages

WORDS = 8


def similar(document: Document) -> str:
    """Show the documents that are about the same, and by which words they were found."""
    found = alike(session(), installation(), document, by=person_asking())
    return render_template(
        "archive/similar.html", document=document, alike=found, words=found.words[:WORDS]
    )


def register(pages: Pages) -> None:
    """Add the route of the documents about the same."""
    pages.get("/documents/<uuid:document>/similar", needs=Permission.DOCUMENT_FACTS)(similar)
