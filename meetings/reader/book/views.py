"""The contents of a meeting's book."""

from flask import render_template

from meetings.models import Meeting
from meetings.policy import Permission
from meetings.reader.book import queries
from meetings.web.context import person_asking, session
from meetings.web.pages import Pages


def book(meeting: Meeting) -> str:
    """List the papers of a meeting as the chapters of one book."""
    chapters = queries.book_of(session(), meeting, by=person_asking())
    left_at = queries.left_at(session(), chapters, by=person_asking())
    return render_template("reader/book.html", meeting=meeting, chapters=chapters, left_at=left_at)


def register(pages: Pages) -> None:
    """Add the route of the book."""
    pages.get("/meetings/<uuid:meeting>/book", needs=Permission.MEETING_READ)(book)
