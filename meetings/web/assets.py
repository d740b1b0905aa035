"""Static files under an address that changes with their content, so they may be kept for ever."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Response, abort, send_from_directory

from meetings.web.pages import Pages

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "static"
FOR_EVER = 365 * 24 * 3600


@cache
def build() -> str:
    """Return a digest over every static file: one folder, so relative imports stay inside it."""
    digest = hashlib.sha256()
    for file in sorted(path for path in STATIC.rglob("*") if path.is_file()):
        digest.update(str(file.relative_to(STATIC)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


def asset(name: str) -> str:
    """Return the address of a static file; templates call it `asset`."""
    return f"/assets/{build()}/{name}"  # a page names twenty: asking the router costs more


@cache
def module_names() -> tuple[str, ...]:
    """Return the scripts that a page may import, the worker's own among them."""
    return tuple(sorted(str(file.relative_to(STATIC)) for file in STATIC.rglob("*.js")))


def register(pages: Pages) -> None:
    """Add the route of the static files."""

    @pages.get("/assets/<digest>/<path:name>", needs=None)
    def static_file(digest: str, name: str) -> Response:
        if digest != build():
            abort(404)
        response = send_from_directory(STATIC, name, max_age=FOR_EVER)
        response.cache_control.immutable = True
        response.cache_control.public = True
        return response
