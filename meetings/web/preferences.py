"""How a person likes to read: theme, size of type, language; kept on the device."""

from dataclasses import astuple, dataclass, fields, replace
from functools import lru_cache

from flask import Flask, current_app, g, redirect, request
from werkzeug.wrappers import Response

from meetings.web.addresses import own_page
from meetings.web.cookies import keep_cookie, read_cookie
from meetings.web.pages import Pages

COOKIE = "preferences"
YEAR = 365 * 24 * 3600
CHOICES = {
    "theme": ("light", "night", "sepia"),
    "size": ("100", "125", "150"),
    "locale": ("vi", "en"),
}


@dataclass(frozen=True)
class Preferences:
    """One choice for each question."""

    theme: str = "light"
    size: str = "100"
    locale: str = "vi"


NAMES = tuple(field.name for field in fields(Preferences))


def preferences() -> Preferences:
    """Return this device's preferences; whatever is not a choice is left at its default."""
    if "preferences" not in g:
        g.preferences = _chosen(read_cookie(COOKIE), current_app.config["BABEL_DEFAULT_LOCALE"])
    return g.preferences  # type: ignore[no-any-return] # set a line above


@lru_cache(maxsize=1024)
def _chosen(cookie: str, locale: str) -> Preferences:
    given = dict(zip(NAMES, cookie.split("."), strict=False))
    return replace(Preferences(locale=locale), **_valid(given))


def _valid(given: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in given.items() if value in CHOICES[name]}


def register(pages: Pages) -> None:
    """Add the route that keeps a choice."""

    @pages.post("/preferences", needs=None, endpoint="preferences")
    def choose() -> Response:
        chosen = replace(preferences(), **_valid({n: request.form.get(n, "") for n in NAMES}))
        response = redirect(own_page(request.form.get("next")), 303)
        keep_cookie(response, COOKIE, ".".join(astuple(chosen)), age=YEAR)
        return response


def install(app: Flask) -> None:
    """Hand the preferences to every template."""
    app.context_processor(lambda: {"preferences": preferences()})
