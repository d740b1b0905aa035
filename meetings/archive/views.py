"""The archive: one box, and the documents a person may read."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings.archive import queries, services
from meetings.archive.forms import AbbreviationForm
from meetings.archive.queries import Filters
from meetings.collation import collation_key
from meetings.documents.queries import abbreviations_in_use
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


@pages.form("/archive/abbreviations", needs=Permission.ABBREVIATIONS_EDIT)
def abbreviations() -> ResponseReturnValue:
    """Show the abbreviations that questions are read with, and change one."""
    form = AbbreviationForm()
    if form.validate_on_submit():
        services.set_abbreviation(session(), str(form.short.data), form.full.data or "")
        flash(_("Saved."), "success")
        return redirect(url_for("archive.abbreviations"), 303)
    table = abbreviations_in_use(session())
    chosen = request.args.get("short", "")
    if request.method == "GET" and chosen in table:
        form.short.data, form.full.data = chosen, table[chosen]
    rows = sorted(table.items(), key=lambda row: collation_key(row[0]))
    page = render_template("archive/abbreviations.html", form=form, rows=rows)
    return page, 422 if request.method == "POST" else 200


def _type(given: str) -> DocumentType | None:
    return DocumentType(given) if given in set(DocumentType) else None
