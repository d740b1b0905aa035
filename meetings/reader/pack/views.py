"""Addresses from which a tablet takes a document along: list, files, and the key apart."""

from base64 import b64encode
from uuid import UUID

from flask import Response, abort, jsonify, render_template, send_file
from flask.typing import ResponseReturnValue

from meetings import vault
from meetings.documents.queries import current_version
from meetings.models import Document, DocumentVersion, VersionState
from meetings.policy import Permission
from meetings.reader.pack import queries, services
from meetings.reader.pack.forms import PacksForm
from meetings.web.assets import asset, modules_of
from meetings.web.context import installation, person_asking, session
from meetings.web.pages import Pages
from storage import Missing

SHELL = ("js/app.js", "js/reader.js", "js/offline/shell.js", "js/offline/worker.js")
FOR_EVER = 365 * 24 * 3600


def manifest(document: Document) -> Response:
    """List the files of a document's pages."""
    version = _prepared(document)
    try:
        return jsonify(queries.manifest_of(session(), installation(), version, by=person_asking()))
    except Missing:  # a recall removed a file meanwhile
        abort(404)


def key(document: Document) -> Response:
    """Hand out the key of a document's pages; who took it, and when, is written down first."""
    version = _prepared(document)
    until = queries.usable_until(session(), document, by=person_asking())
    try:
        plain = vault.reading_key(installation().keys, version)
    except vault.Recalled:
        abort(404)
    return jsonify(
        version=str(version.id), key=b64encode(plain).decode(), expires_at=until.isoformat()
    )


def blob(digest: str) -> ResponseReturnValue:
    """Give out a file as it is stored, which is nothing to whoever has no key."""
    try:
        file = installation().store.ciphertext(digest)
    except Missing:
        abort(404)
    answer = send_file(file, mimetype="application/octet-stream", etag=digest, max_age=FOR_EVER)
    answer.cache_control.public, answer.cache_control.private = False, True
    answer.cache_control.immutable = True
    return answer


def tell() -> ResponseReturnValue:
    """Take from a tablet which versions it keeps."""
    form = PacksForm()
    if not form.validate_on_submit():
        return jsonify(error=422), 422
    try:
        versions = services.versions_told(form.kept.data or "")
    except services.Unreadable:
        return jsonify(error=422), 422
    services.note_kept(session(), UUID(form.tablet.data), versions, by=person_asking())
    return "", 204


def tablets(document: Document) -> str:
    """List the tablets that keep a document, or dropped it."""
    holders = queries.holders_of(session(), document, by=person_asking())
    recalled = queries.is_recalled(session(), document, by=person_asking())
    return render_template(
        "reader/tablets.html", document=document, holders=holders, recalled=recalled
    )


def offline() -> str:
    """Show the reader as a tablet keeps it for the time without a network: no word of a paper."""
    return render_template("reader/offline.html", scripts=modules_of(*SHELL))


def worker() -> Response:
    """Give out the script that answers on a tablet without a network."""
    return Response(f'import "{asset("js/offline/worker.js")}";\n', mimetype="text/javascript")


def web_manifest() -> Response:
    """Tell a tablet how to install the product on its home screen."""
    icon = {"src": asset("icons/mark.svg"), "sizes": "any", "type": "image/svg+xml"}
    answer = jsonify(
        name="Nghị Sự",
        short_name="Nghị Sự",
        lang="vi",
        start_url="/",
        scope="/",
        display="standalone",
        background_color="#f7f5f1",
        theme_color="#a3151b",
        icons=[icon],
    )
    answer.mimetype = "application/manifest+json"
    return answer


def _prepared(document: Document) -> DocumentVersion:
    version = current_version(session(), document)
    if version is None or version.state is not VersionState.READY:
        abort(404)
    return version


def register(pages: Pages) -> None:
    """Add the routes of the pack."""
    at = "/documents/<uuid:document>"
    pages.get(f"{at}/manifest", needs=Permission.DOCUMENT_MANIFEST)(manifest)
    pages.get(f"{at}/key", needs=Permission.DOCUMENT_KEY)(key)
    use, readers = Permission.ACCOUNT_USE, Permission.DOCUMENT_READERS
    pages.get(f"{at}/tablets", needs=readers)(tablets)
    pages.post("/tablet/packs", needs=use, endpoint="tell_packs")(tell)
    pages.get("/reader/offline", needs=use)(offline)
    pages.get("/service-worker.js", needs=None)(worker)
    pages.get("/manifest.webmanifest", needs=None)(web_manifest)
    pages.get("/blobs/<digest>", needs=Permission.ACCOUNT_USE)(blob)
