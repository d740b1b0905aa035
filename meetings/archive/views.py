"""The archive: one box, and the documents a person may read."""

from typing import Any

from flask import render_template, request, url_for

from meetings.archive import queries
from meetings.archive.queries import Filters
from meetings.models import DocumentType
from meetings.policy import Permission
from meetings.web.context import installation, person_asking, session
from meetings.web.pages import Pages
from search_index import without

pages = Pages("archive", __name__)


@pages.get("/archive", needs=Permission.ARCHIVE_SEARCH)
def search() -> str:
    """Answer a search, or show the newest documents while nothing is asked.

    A script asks while somebody types, with a text whose last word may be going on.
    """
    words = request.args.get("q", "").strip("\n\r\t")[:1000]
    number = max(request.args.get("page", 1, type=int), 1)
    filters = Filters(_type(request.args.get("type", "")), request.args.get("year", type=int))
    answer = queries.search(
        session(),
        installation(),
        words,
        filters,
        by=person_asking(),
        page=number,
        unfinished="typing" in request.args,
    )

    def narrowed(**changes: Any) -> str:
        given = {"q": words.strip(), "type": filters.doc_type, "year": filters.year} | changes
        return url_for("archive.search", **{k: v for k, v in given.items() if v})

    removable = [(each.source, narrowed(q=without(words, each))) for each in answer.asked]
    return render_template(
        "archive/search.html",
        words=words.strip(),
        answer=answer,
        filters=filters,
        narrowed=narrowed,
        removable=removable,
    )


def _type(given: str) -> DocumentType | None:
    return DocumentType(given) if given in set(DocumentType) else None
