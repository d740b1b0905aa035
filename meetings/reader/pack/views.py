"""Addresses from which a tablet takes a document along: list, files, and the key apart."""

from base64 import b64encode

from flask import Response, abort, jsonify, send_file
from flask.typing import ResponseReturnValue

from meetings import vault
from meetings.documents.queries import current_version
from meetings.models import Document, DocumentVersion, VersionState
from meetings.policy import Permission
from meetings.reader.pack import queries
from meetings.web.context import installation, person_asking, session
from meetings.web.pages import Pages
from storage import Missing

FOR_EVER = 365 * 24 * 3600


def manifest(document: Document) -> Response:
    """List the files of a document's pages."""
    version = _prepared(document)
    try:
        return jsonify(queries.manifest_of(session(), installation(), version))
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
    pages.get("/blobs/<digest>", needs=Permission.ACCOUNT_USE)(blob)
