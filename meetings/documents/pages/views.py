"""The page on which a clerk turns, moves, drops, cuts off and joins pages."""

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from meetings import policy
from meetings.documents.pages import services
from meetings.documents.pages.forms import PagesForm, edits_of, order_of
from meetings.documents.queries import current_version, pages_of
from meetings.intake.edits import Edit, to_json
from meetings.models import UNDERWAY, Document, DocumentVersion
from meetings.policy import Permission
from meetings.web.addresses import next_page
from meetings.web.context import person_asking, session
from meetings.web.pages import Pages

INVALID = 422
OFFERED = 60  # documents that may be joined, the newest first


def arrange(document: Document) -> ResponseReturnValue:
    """Show the pages of a document; change them as ordered."""
    version = current_version(session(), document) or abort(404)
    form = PagesForm()
    form.offer(_others(document))
    back = next_page(url_for("documents.facts", document=document.id))
    if request.method == "POST":
        return _ordered(document, version, form, back)
    return render_template(
        "documents/pages.html",
        document=document,
        version=version,
        listed=() if version.state in UNDERWAY else pages_of(session(), version),
        form=form,
        waits=services.waits(session(), document.id),
        back=back,
    )


def _ordered(
    document: Document, version: DocumentVersion, form: PagesForm, back: str
) -> ResponseReturnValue:
    if not form.validate_on_submit():
        abort(INVALID)
    if version.state in UNDERWAY:  # the form would leave out the pages that are still missing
        flash(_("The pages are still being prepared. Please try again in a moment."), "warn")
        return redirect(_here(document, back), 303)
    try:
        edits = _edits(form, version.page_count)
    except ValueError:
        flash(_("At least one page must stay; please check the order."), "error")
        return redirect(_here(document, back), 303)
    joined = session().get(Document, UUID(form.join.data)) if form.join.data else None
    split = "split" in request.form
    wished = [to_json(edit) for edit in edits]
    services.order_edit(session(), document, wished, join=joined, split=split)
    flash(_("The pages are being changed; the file as it came is kept."), "success")
    return redirect(_here(document, back), 303)


def _edits(form: PagesForm, count: int) -> list[Edit]:
    order = form.order.data or order_of(request.form)
    return edits_of(order, count, joined=bool(form.join.data))


def undo(document: Document) -> ResponseReturnValue:
    """Bring back the pages as they were before the last change."""
    back = next_page(url_for("documents.facts", document=document.id))
    try:
        services.undo(session(), document)
        flash(_("The pages are again as they were."), "success")
    except services.NothingToUndo:
        flash(_("There is no change of pages to undo."), "warn")
    return redirect(_here(document, back), 303)


def _here(document: Document, back: str) -> str:
    return url_for("documents.arrange", document=document.id, next=back)


def _others(document: Document) -> list[tuple[str, str]]:
    """Return the newest documents of the same body that the person prepares."""
    query = (
        policy.readable_documents(person_asking())
        .where(
            Document.id != document.id,
            Document.body_id == document.body_id,
            Document.access_level == document.access_level,
            Document.id.in_(select(DocumentVersion.document_id)),
        )
        .order_by(Document.id.desc())
        .limit(OFFERED)
    )
    return [(str(other.id), other.title) for other in session().scalars(query)]


def register(pages: Pages) -> None:
    """Add the routes of changing pages."""
    at, needs = "/documents/<uuid:document>/pages", Permission.DOCUMENT_PREPARE
    pages.form(at, needs=needs)(arrange)
    pages.post(f"{at}/undo", needs=needs)(undo)
