"""Taking a copy along, and finding out whose copy it is that was found."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePath
from typing import IO, Any

from flask import Response, abort, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from meetings.documents.copies import queries, services
from meetings.documents.copies.forms import COPY_KINDS, CodeForm
from meetings.documents.queries import current_version, pages_of
from meetings.intake import Reason
from meetings.models import CopyKind, Document, DocumentVersion, TakenCopy, VersionState
from meetings.policy import Permission
from meetings.press.pdf import UnavailableError
from meetings.press.stamp import Stamp
from meetings.vault import Recalled
from meetings.web.addresses import own_page
from meetings.web.context import (
    installation,
    person_asking,
    session,
    stop_reading,
    write_apart,
)
from meetings.web.files import never_kept
from meetings.web.pages import Pages

PDF = "application/pdf"


def download(document: Document) -> Response:
    """Give out a copy that bears the name of whoever takes it on each page."""
    return taken_along(document)


def taken_along(document: Document, notes: Sequence[Mapping[str, Any]] = ()) -> Response:
    """Return a copy as a file, with notes upon its pages if there are any."""
    version = current_version(session(), document)
    if version is None or version.viewing is None:
        abort(404)
    stamp = services.new_stamp(session(), by=person_asking())
    made = made_or_refused(lambda: services.stamped(installation(), version, stamp, notes))
    _note(stamp, CopyKind.DOWNLOAD, version)
    answer = send_file(made, mimetype=PDF)
    name = f"{PurePath(version.file_name).stem} {stamp.code}.pdf"
    return never_kept(answer, name)


def made_or_refused(make: Callable[[], IO[bytes] | Reason]) -> IO[bytes]:
    """Return the file that is made, or refuse: what was recalled is not there any more.

    It takes its time, in which nobody else waits for what this request read with.
    """
    stop_reading()
    try:
        made = make()
    except Recalled:
        abort(404)
    except UnavailableError:
        abort(503)
    if isinstance(made, Reason):
        abort(503)
    return made


def print_(document: Document) -> Response:
    """Show all pages as they are printed, with the name of whoever prints on each."""
    version = current_version(session(), document)
    if version is None or version.state is not VersionState.READY:
        abort(404)
    stamp = services.new_stamp(session(), by=person_asking())
    _note(stamp, CopyKind.PRINT, version)
    page = render_template(
        "documents/print.html",
        document=document,
        stamp=stamp,
        pages=pages_of(session(), version),
        back=own_page(request.args.get("next"), url_for("reader.read", document=document.id)),
    )
    answer = Response(page)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _note(stamp: Stamp, kind: CopyKind, version: DocumentVersion) -> None:
    """Write down whose copy it is before the first byte leaves."""
    who = person_asking()

    def change(writing: Session) -> None:
        services.note_copy(writing, stamp, kind, version, by=who)

    write_apart(change)


def trace() -> ResponseReturnValue:
    """Ask for the code of a copy that was found, and lead to it."""
    form = CodeForm(request.args)
    asked = bool(request.args.get("code"))
    if asked and form.validate():
        found = queries.copy_with(session(), form.code.data or "", by=person_asking())
        if found:
            return redirect(url_for("documents.copy", copy=found.id), 303)
    return render_template("documents/trace.html", form=form, unknown=asked and not form.errors)


def copy(copy: TakenCopy) -> str:
    """Show who took a copy, when and of what."""
    return render_template(
        "documents/copy.html",
        copy=copy,
        kinds=COPY_KINDS,
        bound=queries.bound_in(session(), copy, by=person_asking()),
    )


def register(pages: Pages) -> None:
    """Add the routes of copies."""
    at = "/documents/<uuid:document>"
    pages.get(f"{at}/copy", needs=Permission.DOCUMENT_DOWNLOAD)(download)
    pages.get(f"{at}/print", needs=Permission.DOCUMENT_PRINT, endpoint="print")(print_)
    pages.get("/copies", needs=Permission.COPY_TRACE)(trace)
    pages.get("/copies/<uuid:copy>", needs=Permission.COPY_READ)(copy)
