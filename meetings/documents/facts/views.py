"""The page of a document's facts."""

from flask import render_template, request, url_for

from meetings.documents.facts.queries import versions_of
from meetings.documents.forms import ACCESS_LEVELS, DOCUMENT_TYPES, REMOVED
from meetings.documents.queries import current_version
from meetings.documents.signatures import forms as words
from meetings.documents.signatures.queries import signatures_in
from meetings.models import Document
from meetings.policy import Permission
from meetings.web.addresses import own_page
from meetings.web.context import person_asking, session
from meetings.web.pages import Pages


def facts(document: Document) -> str:
    """Show what is known about a document, its signatures and its versions."""
    version = current_version(session(), document)
    return render_template(
        "documents/facts.html",
        document=document,
        version=version,
        versions=versions_of(session(), document, by=person_asking()),
        removed=REMOVED,
        types=DOCUMENT_TYPES,
        levels=ACCESS_LEVELS,
        back=own_page(request.args.get("next"), url_for("reader.read", document=document.id)),
    )


def register(pages: Pages) -> None:
    """Add the routes of facts, and what templates say of signatures."""
    at = "/documents/<uuid:document>"
    pages.get(f"{at}/facts", needs=Permission.DOCUMENT_FACTS)(facts)
    pages.blueprint.app_template_global("signatures_in")(signatures_in)
    pages.blueprint.app_template_global("signature_words")(lambda: words)
