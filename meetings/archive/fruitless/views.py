"""Where a page of results that stayed empty tells so."""

from collections.abc import Callable

from flask import request
from flask.typing import ResponseReturnValue

from meetings.archive.fruitless import services
from meetings.policy import Permission
from meetings.web.context import person_asking, session
from meetings.web.pages import Pages

Vain = Callable[[str], bool]
"""Whether words find nothing for the person asking."""


def register(pages: Pages, is_vain: Vain) -> None:
    """Add the route of what was not found; `is_vain` asks the archive's own search."""

    def not_found() -> ResponseReturnValue:
        """Count the words of a search, if it is true that they find nothing."""
        words = request.form.get("q", "")[:500]
        if words.strip() and is_vain(words):
            services.note(session(), words, by=person_asking())
        return "", 204

    pages.post("/archive/not-found", needs=Permission.ARCHIVE_SEARCH)(not_found)
