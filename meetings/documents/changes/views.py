"""The page that tells what changed between two versions of a document."""

from flask import abort, render_template, request, url_for

from meetings import policy
from meetings.documents.changes import queries
from meetings.documents.changes.forms import CHANGE_KINDS
from meetings.documents.facts.queries import versions_of
from meetings.models import Document
from meetings.policy import Permission
from meetings.web.addresses import own_page
from meetings.web.context import installation, person_asking, session
from meetings.web.pages import Pages


def changes(document: Document) -> str:
    """Show what changed from one version to another, by paragraph and word."""
    versions = versions_of(session(), document, by=person_asking())
    asked = (request.args.get(name, type=int) for name in ("old", "new"))
    pair = queries.chosen(versions, *asked) or abort(404)
    return render_template(
        "documents/changes.html",
        document=document,
        versions=versions,
        found=queries.compared(session(), installation(), *pair),
        kinds=CHANGE_KINDS,
        office=policy.allows(session(), person_asking(), Permission.DOCUMENT_PREPARE, document),
        beside=request.args.get("look") == "beside",
        back=own_page(request.args.get("next"), url_for("reader.read", document=document.id)),
    )


def register(pages: Pages) -> None:
    """Add the route of changes."""
    pages.get("/documents/<uuid:document>/changes", needs=Permission.DOCUMENT_READ)(changes)
