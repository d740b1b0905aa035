"""The archive: one box, and the documents a person may read."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import Select

from meetings.archive import queries, services
from meetings.archive.export import views as export
from meetings.archive.facets.views import Narrowing, asked_filters
from meetings.archive.forms import AbbreviationForm
from meetings.archive.fruitless import views as fruitless
from meetings.archive.hits import views as hits
from meetings.archive.imports import views as imports
from meetings.archive.issuing import views as issuing
from meetings.archive.issuing.queries import folded
from meetings.archive.kept.facets import Filters
from meetings.archive.own import views as own
from meetings.archive.own.queries import opened_by
from meetings.archive.own.services import MARKED
from meetings.archive.record import views as record
from meetings.archive.register import views as register
from meetings.archive.relations import views as relations
from meetings.archive.similar import views as similar
from meetings.archive.statistics import views as statistics
from meetings.archive.timeline import views as timeline
from meetings.archive.within import views as within
from meetings.collation import collation_key
from meetings.documents.forms import VALIDITIES
from meetings.documents.queries import abbreviations_in_use
from meetings.models import Document
from meetings.policy import Permission
from meetings.reader.hits.queries import Trail, trail_of
from meetings.web.context import installation, person_asking, session
from meetings.web.pages import Pages
from search_index import without

pages = Pages("archive", __name__)
for part in (imports, issuing, record, register, relations, similar, statistics, timeline):
    part.register(pages)


@pages.get("/archive", needs=Permission.ARCHIVE_SEARCH)
def search() -> str:
    """Answer a search, or show the newest documents while nothing is asked.

    A script asks while somebody types, with a text whose last word may be going on.
    """
    shown = _shown()
    if shown["narrowing"].asked:
        return render_template("archive/search.html", **shown)
    recent, often = opened_by(session(), by=person_asking())
    return render_template(
        "archive/search.html", recent=recent, often=often, news=own.news(_hits), **shown
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


def _asked() -> tuple[str, Filters]:
    return request.args.get("q", "").strip("\n\r\t")[:1000], asked_filters()


def _shown(among: Select[Document] | None = None) -> dict[str, Any]:
    """Return what a page shows of the search in its address, perhaps among some documents only."""
    words, filters = _asked()
    by, page = person_asking(), max(request.args.get("page", 1, type=int), 1)
    answer = queries.search(
        session(),
        installation(),
        words,
        filters,
        by=by,
        page=page,
        unfinished="typing" in request.args,
        among=among,
    )
    narrowing = Narrowing(words.strip(), filters, request.path)
    documents = [found.document for found in answer.found]
    typed = [(each.source, narrowing.but(q=without(words, each))) for each in answer.asked]
    return {
        "words": words.strip(),
        "answer": answer,
        "inside": among is not None,
        "narrowing": narrowing,
        "removable": [*typed, *narrowing.chips()],
        "folded": folded(session(), documents, by=by),
        "validities": VALIDITIES,
        "trails": _trails(answer, inside=among is not None),
    }


def _trails(answer: queries.Answer, *, inside: bool) -> dict[UUID, Trail]:
    """Return by document what its link has to say, so that the reader knows the way on.

    The way from hit to hit leads through the whole archive.
    """
    asked, first = trail_of(request.args).asked, (answer.page - 1) * queries.PER_PAGE + 1
    if inside:
        trail = Trail({name: said for name, said in asked.items() if name == "q"})
        return {found.document.id: trail for found in answer.found}
    places = enumerate(answer.found, start=first)
    return {found.document.id: Trail(asked, place, answer.total) for place, found in places}


def _found(number: int) -> tuple[list[Document], int]:
    words, filters = _asked()
    answer = queries.search(
        session(), installation(), words, filters, by=person_asking(), page=number
    )
    return [found.document for found in answer.found], answer.pages


def _hit(place: int) -> hits.Hit | None:
    words, filters = _asked()
    answer = queries.search(
        session(),
        installation(),
        words,
        filters,
        by=person_asking(),
        page=place,
        per_page=1,
        unfinished="typing" in request.args,
    )
    found = ((one.document, one.page) for one in answer.found)
    return next((hits.Hit(*one, answer.page, answer.pages) for one in found), None)


def _is_vain(words: str) -> bool:
    """Tell whether words find nothing; conditions on fields say more of the archive than words."""
    answer = queries.search(
        session(), installation(), words, Filters(), by=person_asking(), page=1, per_page=1
    )
    return not (answer.degraded or answer.asked) and (answer.nearest or not answer.total)


def _hits(words: str, filters: Filters) -> queries.Hits | None:
    by, most = person_asking(), MARKED
    return queries.hits_of(session(), installation(), words, filters, by=by, most=most)


export.register(pages, _found)
fruitless.register(pages, _is_vain)
hits.register(pages, _hit)
own.register(pages, _hits)
within.register(pages, _shown)
