"""Pages of one document for those who keep it: what is known about it, and its original."""

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings import vault
from meetings.documents import services
from meetings.documents.changes import views as changes
from meetings.documents.copies import views as copies
from meetings.documents.copies.forms import COPY_KINDS
from meetings.documents.copies.queries import copies_of
from meetings.documents.destruction import views as destruction
from meetings.documents.facts import views as facts
from meetings.documents.forms import CERTAINTIES, WAITS, DescribeForm
from meetings.documents.pages import views as page_edits
from meetings.documents.queries import current_version, openings_of
from meetings.documents.reading.queries import said_in
from meetings.documents.tasks import UNPAGED
from meetings.models import Document, DocumentVersion
from meetings.policy import Permission
from meetings.web.addresses import next_page, own_page
from meetings.web.context import installation, person_asking, session
from meetings.web.files import stored_file
from meetings.web.pages import Pages

pages = Pages("documents", __name__)
for part in (destruction, facts, changes, page_edits, copies):
    part.register(pages)


@pages.form("/documents/<uuid:document>/edit", needs=Permission.DOCUMENT_PREPARE)
def edit(document: Document) -> ResponseReturnValue:
    """Record what is known about a document."""
    form = DescribeForm(by=person_asking(), data=_known(document))
    back = next_page(url_for("reader.read", document=document.id))
    if form.validate_on_submit():
        who = person_asking()
        waits = services.record(session(), installation(), document, by=who, **form.values)
        flash(WAITS if waits else _("Saved."), "success")
        return redirect(back, 303)
    status = 422 if request.method == "POST" else 200
    shown, said = said_in(session(), document)
    return render_template(
        "documents/edit.html",
        document=document,
        form=form,
        back=back,
        shown=shown,
        said=said,
        version=current_version(session(), document),
        certainties=CERTAINTIES,
    ), status


def _known(document: Document) -> dict[str, object]:
    names = ("title", "symbol", "issued_on", "issuer", "signer")
    return {name: getattr(document, name) for name in names} | {
        "doc_type": document.doc_type.value,
        "access_level": str(int(document.access_level)),
    }


@pages.get("/documents/<uuid:document>/readers", needs=Permission.DOCUMENT_READERS)
def readers(document: Document) -> str:
    """Show who opened a document."""
    openings = openings_of(session(), document, by=person_asking())
    back = own_page(request.args.get("next"), url_for("reader.read", document=document.id))
    return render_template(
        "documents/readers.html",
        document=document,
        openings=openings,
        back=back,
        copies=copies_of(session(), document, by=person_asking()),
        kinds=COPY_KINDS,
    )


@pages.get("/documents/<uuid:document>/original", needs=Permission.DOCUMENT_ORIGINAL)
def original(document: Document) -> Response:
    """Give out the file as it was received, any range of it."""
    return _original(current_version(session(), document))


@pages.get("/documents/<uuid:document>/film", needs=Permission.DOCUMENT_PLAY)
def film(document: Document) -> Response:
    """Give out any range of a film; a player asks for many."""
    version = current_version(session(), document)
    return _original(version if version and version.media_type in UNPAGED else None)


def _original(version: DocumentVersion | None) -> Response:
    if version is None:
        abort(404)
    key = vault.storage_key(installation().keys, version)
    return stored_file(
        installation().store.open(version.blob, key=key),
        size=version.size,
        media_type=version.media_type,
        name=version.file_name,
        etag=version.plain_sha256,
    )
