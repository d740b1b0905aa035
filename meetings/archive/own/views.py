"""Pages of kept searches: what is new in each, and how one is kept and dropped."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings.archive.own import queries, services
from meetings.models import DocumentType, SavedSearch
from meetings.policy import Permission
from meetings.web.context import person_asking, session
from meetings.web.pages import Pages

LONGEST = 500
Count = Callable[[str, DocumentType | None, int | None], int]
"""How many documents a search finds for the person asking."""


@dataclass(frozen=True)
class Kept:
    """A kept search with its hits now."""

    search: SavedSearch
    total: int

    @property
    def new(self) -> int:
        """Return how many hits came since its person last looked."""
        return max(0, self.total - self.search.seen)


def register(pages: Pages, count: Count) -> None:
    """Add the routes of kept searches; `count` is the archive's own search."""

    def kept() -> str:
        """Show the kept searches and what is new in each."""
        found = [
            Kept(one, count(one.words, one.doc_type, one.year))
            for one in queries.searches_of(session(), by=person_asking())
        ]
        return render_template("archive/kept.html", kept=found)

    def keep() -> ResponseReturnValue:
        """Keep a search as the form names it."""
        words = request.form.get("q", "").strip()[:LONGEST]
        kind, year = _type(request.form.get("type", "")), request.form.get("year", type=int)
        seen = count(words, kind, year)
        try:
            services.keep(session(), words, kind, year, seen=seen, by=person_asking())
        except services.TooManyError:
            flash(_("You keep very many searches. Please drop one first."), "warn")
        else:
            flash(_("Kept. New hits are shown here."), "success")
        return redirect(url_for("archive.kept"), 303)

    def look(saved_search: SavedSearch) -> ResponseReturnValue:
        """Open a kept search; its hits count as seen from now on."""
        one = saved_search
        one.seen = count(one.words, one.doc_type, one.year)
        asked: dict[str, Any] = {"q": one.words, "type": one.doc_type, "year": one.year}
        return redirect(url_for("archive.search", **{k: v for k, v in asked.items() if v}), 303)

    at = "/archive/searches"
    pages.get(at, needs=Permission.ARCHIVE_SEARCH)(kept)
    pages.post(at, needs=Permission.SEARCH_KEEP)(keep)
    for part, view in (("look", look), ("drop", drop)):
        pages.post(f"{at}/<uuid:saved_search>/{part}", needs=Permission.SEARCH_DROP)(view)


def drop(saved_search: SavedSearch) -> ResponseReturnValue:
    """Drop a kept search."""
    session().delete(saved_search)
    return redirect(url_for("archive.kept"), 303)


def _type(given: str) -> DocumentType | None:
    return DocumentType(given) if given in set(DocumentType) else None
