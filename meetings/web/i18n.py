"""Language, dates and numbers as the reader expects them."""

from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from babel.support import NullTranslations, Translations
from flask import Flask, current_app, has_request_context
from flask_babel import Babel, format_date, format_decimal
from flask_babel import gettext as _
from markupsafe import Markup

from meetings import clock
from meetings.settings import Settings
from meetings.web.preferences import preferences

KEPT = 4096
TRANSLATIONS = Path(__file__).parents[1] / "translations"


def install(app: Flask, settings: Settings) -> None:
    """Choose the language of each request and teach the templates dates."""
    app.config["BABEL_DEFAULT_LOCALE"] = settings.default_locale
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Asia/Ho_Chi_Minh"
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(TRANSLATIONS)
    Babel(app, locale_selector=_locale)
    sentences: Any = app.jinja_env  # the extension that Babel adds gives it this method
    sentences.install_gettext_callables(_gettext, _ngettext, newstyle=True)
    app.jinja_env.globals["_"] = _sentence  # the extension's own takes four calls for each
    app.jinja_env.filters.update(
        day=day, clock_time=clock_time, weekday=weekday, size=size, whole=whole
    )


def _locale() -> str:
    if has_request_context():
        return preferences().locale
    default: str = current_app.config["BABEL_DEFAULT_LOCALE"]
    return default


@cache
def _catalogue(locale: str) -> NullTranslations:
    """Return the sentences of a language; Flask-Babel would look for them at every sentence."""
    return Translations.load(TRANSLATIONS, [locale])


def translated(message: str, locale: str) -> str:
    """Return a sentence of ours in a language."""
    sentence: str = _catalogue(locale).ugettext(message)
    return sentence


def _gettext(message: str) -> str:
    return translated(message, _locale())


def _ngettext(one: str, many: str, count: int) -> str:
    return _catalogue(_locale()).ungettext(one, many, count)


def _sentence(message: str, **values: object) -> Markup:
    """Return a sentence of ours, which is markup, with values that may not be."""
    sentence = _as_markup(message, _locale())
    return sentence % values if "%" in sentence else sentence


@lru_cache(KEPT)
def _as_markup(message: str, locale: str) -> Markup:
    return Markup(translated(message, locale))


def day(value: date | None) -> str:
    """Return a day as lists show it: 25/11/2026."""
    if isinstance(value, datetime):
        value = clock.local(value).date()
    return value.strftime("%d/%m/%Y") if value else ""


def weekday(value: date) -> str:
    """Return a day with its name: Thứ Tư, 25/11/2026."""
    if isinstance(value, datetime):
        value = clock.local(value).date()
    name = format_date(value, "EEEE")
    return f"{name[:1].upper()}{name[1:]}, {day(value)}"


def clock_time(value: datetime) -> str:
    """Return the hour and minute of a moment."""
    return clock.local(value).strftime("%H:%M")


def whole(number: int) -> str:
    """Return a whole number as the reader's language groups its digits."""
    return str(format_decimal(number))


def size(count: int) -> str:
    """Return a number of bytes as people say it."""
    units = (_("bytes"), "KB", "MB", "GB")
    power = min(max(count.bit_length() - 1, 0) // 10, len(units) - 1)
    number = format_decimal(count / 1024**power, "#,##0.0" if power else "0")
    return f"{number} {units[power]}"
