"""The way from one hit of a search to the next: the search is asked anew, its hit is opened."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from meetings.models import Document
from meetings.policy import Permission
from meetings.reader.hits.queries import MOST, Trail, trail_of
from meetings.web.pages import Pages


@dataclass(frozen=True)
class Hit:
    """A document that a search finds, the page to open, its place and how many there are."""

    document: Document
    page: int
    place: int
    count: int


Find = Callable[[int], Hit | None]
"""The hit at a place of the search in the address, or the last one."""


def register(pages: Pages, find: Find) -> None:
    """Add the route of the hits; `find` is the archive's own search."""

    def hit() -> ResponseReturnValue:
        """Open the hit at a place of a search, the last one where there are fewer by now."""
        asked = trail_of(request.args).asked
        place = request.args.get("place", 1, type=int)
        found = find(min(max(place, 1), MOST))
        if found is None:
            return redirect(url_for("archive.search", **asked), 303)
        address = Trail(asked, found.place, found.count).address
        target = url_for("reader.read", document=found.document.id, page=found.page, **address)
        return redirect(target, 303)

    pages.get("/archive/hits", needs=Permission.ARCHIVE_SEARCH)(hit)
