"""From the parts of a document to HTML, in the layout of its regime."""

import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from meetings.press.dates import in_words
from meetings.press.document import Document

FOLDER = Path(__file__).resolve().parents[2] / "templates" / "print"
SYMBOL = re.compile(r"(\d+(?:-\w+/\w+|/[^\W\d][\w-]*))")


def lay_out(document: Document) -> str:
    """Return the whole HTML page of a document, styles included."""
    return fill(f"{document.regime}.html", document=document)


def fill(name: str, **facts: object) -> str:
    """Return the HTML page of a template with its facts."""
    return _environment().get_template(name).render(facts)


def around_symbols(text: str) -> list[str]:
    """Return the text cut around its symbols: even pieces are prose, odd ones "436-KL/TU"."""
    return SYMBOL.split(text)


def punctuated(parts: tuple[str, ...], *, last: str) -> list[str]:
    """Return the parts, each closed by a semicolon, the last one by `last`."""
    closed = [f"{part};" for part in parts[:-1]]
    return [*closed, *(f"{part}{last}" for part in parts[-1:])]


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "in_words": in_words,
        "punctuated": punctuated,
        "around_symbols": around_symbols,
    }
    return environment
