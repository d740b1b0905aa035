"""The routes that belong to no feature: static files, preferences, whether we are well."""

import shutil
from collections.abc import Callable

from flask import Response, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from meetings.models import Event
from meetings.web import assets, preferences
from meetings.web.context import installation, session
from meetings.web.pages import Pages
from storage import StorageError

pages = Pages("web", __name__)
assets.register(pages)
preferences.register(pages)


@pages.get("/health", needs=None)
def health() -> Response:
    """Tell a watchman that the program runs; a program that does not is started again."""
    session().execute(select(1))
    return jsonify(status="ok")


@pages.get("/ready", needs=None)
def ready() -> ResponseReturnValue:
    """Tell a watchman whether work would succeed; restarting would not help where it would not."""
    wanting = [name for name, check in CHECKS.items() if not check()]
    return jsonify(status="wanting" if wanting else "ok", wanting=wanting), 503 if wanting else 200


def _tables_are_there() -> bool:
    try:
        session().execute(select(Event.seq).limit(1))
    except SQLAlchemyError:
        return False
    return True


def _keys_are_there() -> bool:
    try:
        return bool(installation().keys.root)
    except StorageError:
        return False


def _disk_has_room() -> bool:
    chosen = installation().settings
    return shutil.disk_usage(chosen.instance).free >= chosen.min_free


CHECKS: dict[str, Callable[[], bool]] = {
    "database": _tables_are_there,
    "keys": _keys_are_there,
    "disk": _disk_has_room,
}
