"""Pages of kept searches: what is new in each; how one is kept, named, dropped, brought back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings.archive.facets.views import Narrowing, asked_filters, filters_of
from meetings.archive.kept.facets import Filters
from meetings.archive.own import queries, services
from meetings.archive.own.forms import LONGEST, NameForm
from meetings.models import Document, SavedSearch
from meetings.policy import Permission
from meetings.web.context import person_asking, session
from meetings.web.forms import trimmed
from meetings.web.pages import Pages

LONGEST_QUESTION = 1000
NAMED = 3
"""New hits that are named beside a search, the newest."""


class Hits(Protocol):
    """What a search finds: how many, and the names of the newest."""

    @property
    def total(self) -> int:
        """Return how many documents are found."""

    @property
    def newest(self) -> Sequence[str]:
        """Return the names of the newest."""


Find = Callable[[str, Filters], Hits | None]
"""What a search finds for the person asking; nothing while the index is of no help."""


@dataclass(frozen=True)
class Kept:
    """A kept search with its hits now, and those that came since its person looked."""

    search: SavedSearch
    said: str
    total: int | None
    new: int
    named: Sequence[Document]


def news(find: Find) -> int:
    """Return how many hits came to the kept searches of the person asking."""
    return sum(_kept(one, find).new for one in _searches())


def register(pages: Pages, find: Find) -> None:
    """Add the routes of kept searches; `find` is the archive's own search."""

    def kept() -> str:
        """Show the kept searches and what is new in each."""
        found = [_kept(one, find, named=NAMED) for one in _searches()]
        dropped = queries.dropped_by(session(), by=person_asking())[:1]
        return render_template("archive/kept.html", kept=found, dropped=dropped)

    def keep() -> ResponseReturnValue:
        """Keep the search in the address under a name."""
        words = trimmed(request.args.get("q", "")[:LONGEST_QUESTION])
        filters = asked_filters()
        chosen = {facet.value: value for facet, value in filters.chosen.items()}
        form, said = NameForm(), _said(words, chosen)
        if form.validate_on_submit():
            return _saved(form, words, chosen, find(words, filters))
        if request.method == "GET":
            form.name.data = said[:LONGEST]
        return _form_page(form, said)

    def look(saved_search: SavedSearch) -> ResponseReturnValue:
        """Open a kept search; its hits count as seen from now on."""
        _look(saved_search, _hits(saved_search, find))
        filters = filters_of(saved_search.chosen)
        here = url_for("archive.search")
        return redirect(Narrowing(saved_search.words, filters, here).but(), 303)

    at = "/archive/searches"
    pages.get(at, needs=Permission.ARCHIVE_SEARCH)(kept)
    pages.form(f"{at}/new", needs=Permission.SEARCH_KEEP)(keep)
    pages.form(f"{at}/<uuid:saved_search>/name", needs=Permission.SEARCH_DROP)(rename)
    for part, view in (("look", look), ("drop", drop), ("bring-back", bring_back)):
        pages.post(f"{at}/<uuid:saved_search>/{part}", needs=Permission.SEARCH_DROP)(view)


def rename(saved_search: SavedSearch) -> ResponseReturnValue:
    """Give a kept search another name."""
    form = NameForm(obj=saved_search)
    if form.validate_on_submit():
        saved_search.name = str(form.name.data)
        flash(_("Saved."), "success")
        return redirect(url_for("archive.kept"), 303)
    return _form_page(form, _said(saved_search.words, saved_search.chosen))


def drop(saved_search: SavedSearch) -> ResponseReturnValue:
    """Drop a kept search."""
    services.drop(session(), saved_search, by=person_asking())
    return redirect(url_for("archive.kept"), 303)


def bring_back(saved_search: SavedSearch) -> ResponseReturnValue:
    """Keep a search again that was dropped."""
    try:
        services.bring_back(session(), saved_search, by=person_asking())
    except services.TooManyError:
        _tell_of_too_many()
    return redirect(url_for("archive.kept"), 303)


def _saved(
    form: NameForm, words: str, chosen: Mapping[str, str], hits: Hits | None
) -> ResponseReturnValue:
    try:
        search = services.keep(
            session(), words, chosen, name=str(form.name.data), by=person_asking()
        )
    except services.TooManyError:
        _tell_of_too_many()
    else:
        _look(search, hits)
        flash(_("Kept. New hits are shown here."), "success")
    return redirect(url_for("archive.kept"), 303)


def _tell_of_too_many() -> None:
    flash(_("You keep very many searches. Please drop one first."), "warn")


def _form_page(form: NameForm, said: str) -> ResponseReturnValue:
    page = render_template("archive/keep.html", form=form, said=said)
    return page, 422 if request.method == "POST" else 200


def _searches() -> Sequence[SavedSearch]:
    return queries.searches_of(session(), by=person_asking())


def _hits(search: SavedSearch, find: Find) -> Hits | None:
    return find(search.words, filters_of(search.chosen))


def _look(search: SavedSearch, hits: Hits | None) -> None:
    if hits is not None:
        services.look(search, hits.total, hits.newest)


def _kept(search: SavedSearch, find: Find, named: int = 0) -> Kept:
    hits, said = _hits(search, find), _said(search.words, search.chosen)
    if hits is None:
        return Kept(search, said, None, 0, ())
    count, new = queries.new_among(search, hits.total, hits.newest)
    shown = new[:named]
    documents = queries.documents_named(session(), shown, by=person_asking()) if shown else ()
    return Kept(search, said, hits.total, count, documents)


def _said(words: str, chosen: Mapping[str, str]) -> str:
    """Return a search in words."""
    chips = Narrowing(words, filters_of(chosen), "").chips()
    return " · ".join(filter(None, [words, *(label for label, _way in chips)])) or _(
        "All documents"
    )
