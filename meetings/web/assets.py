"""Static files under an address that changes with their content, so they may be kept for ever."""

import gzip
import hashlib
import re
from functools import cache
from mimetypes import guess_type
from pathlib import Path

from flask import Response, abort, request, send_from_directory
from werkzeug.security import safe_join

from meetings.web.packing import SMALL, takes_packed
from meetings.web.pages import Pages

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "static"
FOR_EVER = 365 * 24 * 3600
WRITTEN = frozenset({".css", ".js", ".svg"})
STYLES = re.compile(r'@import url\("([^"]+)"\) layer\((\w+)\);')
REMARK = re.compile(r"^[ \t]*/\*\*(?:[^*]|\*(?!/))*\*/[ \t]*\n", re.MULTILINE)
KIND = re.compile(r"/\*\* @(?:type|param)\b(?:[^*]|\*(?!/))*\*/ ?")
SCRIPT = re.compile(r'(?:\bfrom|\bimport)\s*\(?\s*"(\.[^"]+)"')


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
def modules_of(*names: str) -> tuple[str, ...]:
    """Return some scripts and all that they import."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            file = STATIC / name
            near = SCRIPT.findall(file.read_text(encoding="utf-8"))
            waiting += [str((file.parent / one).resolve().relative_to(STATIC)) for one in near]
    return tuple(sorted(found))


@cache
def _written(file: Path, _build: str) -> tuple[bytes, bytes]:
    """Return a file as it is sent, plain and packed.

    A style sheet holds those that it imports; a script goes without the remarks above its parts and
    without the kinds of its values.
    """
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".css":
        text = STYLES.sub(lambda found: _layer(file.parent / found[1], found[2]), text)
    elif file.suffix == ".js":
        text = KIND.sub("", REMARK.sub("", text))
    plain = text.encode()
    return plain, gzip.compress(plain, SMALL, mtime=0)


def _layer(file: Path, layer: str) -> str:
    return f"@layer {layer} {{\n{file.read_text(encoding='utf-8')}}}"


def register(pages: Pages) -> None:
    """Add the route of the static files."""

    @pages.get("/assets/<digest>/<path:name>", needs=None)
    def static_file(digest: str, name: str) -> Response:
        if digest != build():
            abort(404)
        path = safe_join(str(STATIC), name)
        if path and Path(path).suffix in WRITTEN and Path(path).is_file():
            response = _answer(Path(path), digest)
        else:
            response = send_from_directory(STATIC, name, max_age=FOR_EVER)
        response.cache_control.immutable = True
        response.cache_control.public = True
        return response


def _answer(file: Path, digest: str) -> Response:
    """Give out a file of text: many of them wait for the first page of a new tablet."""
    packed = takes_packed()
    body = _written(file, digest)[packed]
    response = Response(body, mimetype=guess_type(file.name)[0])
    if packed:
        response.content_encoding = "gzip"
    response.vary.add("Accept-Encoding")
    response.cache_control.max_age = FOR_EVER
    response.set_etag(f"{digest}-{int(packed)}-{hashlib.sha256(body).hexdigest()[:16]}")
    response.make_conditional(request.environ)
    return response
