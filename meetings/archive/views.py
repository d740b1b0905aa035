"""The archive: one box, and the documents a person may read."""

from typing import Any

from flask import render_template, request, url_for

from meetings.archive import queries
from meetings.archive.issuing import views as issuing
from meetings.archive.issuing.queries import folded
from meetings.archive.queries import Filters
from meetings.archive.record import views as record
from meetings.archive.register import views as register
from meetings.archive.relations import views as relations
from meetings.archive.timeline import views as timeline
from meetings.models import DocumentType
from meetings.policy import Permission
from meetings.web.context import installation, person_asking, session
from meetings.web.pages import Pages

pages = Pages("archive", __name__)
for part in (issuing, record, register, relations, timeline):
    part.register(pages)


@pages.get("/archive", needs=Permission.ARCHIVE_SEARCH)
def search() -> str:
    """Answer a search, or show the newest documents while nothing is asked."""
    words = request.args.get("q", "").strip()[:500]
    number = max(request.args.get("page", 1, type=int), 1)
    filters = Filters(_type(request.args.get("type", "")), request.args.get("year", type=int))
    answer = queries.search(
        session(), installation(), words, filters, by=person_asking(), page=number
    )

    def narrowed(**changes: Any) -> str:
        given = {"q": words, "type": filters.doc_type, "year": filters.year} | changes
        return url_for("archive.search", **{k: v for k, v in given.items() if v})

    documents = [found.document for found in answer.found]
    return render_template(
        "archive/search.html",
        folded=folded(session(), documents, by=person_asking()),
        words=words,
        answer=answer,
        filters=filters,
        narrowed=narrowed,
    )


def _type(given: str) -> DocumentType | None:
    return DocumentType(given) if given in set(DocumentType) else None
