"""The routes that belong to no feature: static files, preferences, whether we are well."""

from flask import Response, jsonify
from sqlalchemy import select

from meetings.web import assets, preferences
from meetings.web.context import session
from meetings.web.pages import Pages

pages = Pages("web", __name__)
assets.register(pages)
preferences.register(pages)


@pages.get("/health", needs=None)
def health() -> Response:
    """Tell a watchman that the database answers."""
    session().execute(select(1))
    return jsonify(status="ok")
