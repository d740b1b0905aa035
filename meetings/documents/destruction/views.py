"""The bin, and the pages on which two persons destroy a document."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings.documents.destruction import queries, services
from meetings.documents.destruction.forms import DestructionForm
from meetings.documents.destruction.services import StillReleased
from meetings.models import Destruction, Document
from meetings.policy import Permission
from meetings.web.context import person_asking, session
from meetings.web.forms import Form
from meetings.web.pages import Pages

INVALID = 422


def bin_() -> str:
    """Show the bin, and below it what was destroyed."""
    who = person_asking()
    thrown, gone = queries.in_bin(session(), by=who), queries.destroyed(session(), by=who)
    return render_template(
        "documents/bin.html",
        thrown=thrown,
        gone=gone,
        destructions=queries.destructions_of(session(), [*thrown, *gone]),
    )


def discard(document: Document) -> ResponseReturnValue:
    """Put a document into the bin."""
    try:
        services.put_in_bin(session(), document)
    except StillReleased:
        flash(_("This document lies before participants. Recall it first."), "error")
        return redirect(url_for("documents.edit", document=document.id), 303)
    flash(_("The document is in the bin; it can be brought back."), "success")
    return redirect(url_for("documents.bin_"), 303)


def restore(document: Document) -> ResponseReturnValue:
    """Bring a document back from the bin."""
    services.take_from_bin(session(), document)
    flash(_("The document is back."), "success")
    return redirect(url_for("documents.edit", document=document.id), 303)


def ask_destruction(document: Document) -> ResponseReturnValue:
    """Ask a second person to destroy a document of the bin."""
    form = DestructionForm()
    if form.validate_on_submit():
        services.ask(session(), document, form.decision_taken, by=person_asking())
        flash(_("A second person of the office must confirm now."), "success")
        return redirect(url_for("documents.bin_"), 303)
    status = INVALID if request.method == "POST" else 200
    return render_template("documents/destroy.html", document=document, form=form), status


def confirm_destruction(destruction: Destruction) -> ResponseReturnValue:
    """Show what will be gone, and destroy it at the press of the button."""
    form = Form()
    if form.validate_on_submit():
        services.confirm(session(), destruction, by=person_asking())
        flash(_("The document is destroyed; its files and its text are being removed."), "success")
        return redirect(url_for("documents.bin_"), 303)
    return render_template("documents/confirm_destruction.html", destruction=destruction, form=form)


def register(pages: Pages) -> None:
    """Add the routes of bin and destruction."""
    at = "/documents/<uuid:document>"
    pages.get("/bin", needs=Permission.BIN_READ)(bin_)
    pages.post(f"{at}/discard", needs=Permission.DOCUMENT_DISCARD)(discard)
    pages.post(f"{at}/restore", needs=Permission.DOCUMENT_RESTORE)(restore)
    pages.form(f"{at}/destruction", needs=Permission.DESTRUCTION_ASK)(ask_destruction)
    pages.form("/destructions/<uuid:destruction>", needs=Permission.DESTRUCTION_CONFIRM)(
        confirm_destruction
    )
