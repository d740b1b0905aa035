"""One's own notes as a text document, a PDF, a workbook or web annotations."""

import json
from uuid import UUID

from flask import Response, request
from flask_babel import gettext as _

from meetings import clock
from meetings.documents.copies.views import taken_along
from meetings.models import Document
from meetings.policy import Permission
from meetings.press.tables import Sheet
from meetings.reader.notes.export.annotations import collection_of
from meetings.reader.notes.export.queries import Taken, notes_to_take, notes_upon
from meetings.web.context import person_asking, session
from meetings.web.exports import asked_ending, list_file
from meetings.web.files import never_kept
from meetings.web.pages import Pages


def file() -> Response:
    """Give out what the person asking wrote, all or at a meeting, in the format asked for."""
    asked_ending()
    columns = [_("Place"), _("Page"), _("Quotation"), _("Your note"), _("Written at")]
    at = request.args.get("meeting", type=UUID)
    rows = [_row(one) for one in notes_to_take(session(), by=person_asking(), meeting=at)]
    return list_file(Sheet(_("My notes"), columns, rows), "ghi-chu")


def annotations() -> Response:
    """Give out all that the person asking wrote, as annotations that other readers know."""
    collection = collection_of(notes_to_take(session(), by=person_asking()))
    content = json.dumps(collection, ensure_ascii=False).encode()
    return never_kept(Response(content, mimetype="application/ld+json"), "ghi-chu.jsonld")


def annotated(document: Document) -> Response:
    """Give out a copy of a paper with one's own notes upon its pages."""
    return taken_along(document, notes_upon(session(), document, by=person_asking()))


def _row(one: Taken) -> list[str]:
    page, moment = one.note.page, clock.local(one.note.updated_at)
    return [
        one.place or _("The paper was recalled; your words are kept."),
        str(page) if page else "",
        one.quote,
        one.note.text,
        f"{moment:%H:%M %d/%m/%Y}",
    ]


def register(pages: Pages) -> None:
    """Add the routes of the files."""
    use = Permission.ACCOUNT_USE
    pages.get("/notes/file", needs=use, endpoint="notes_file")(file)
    needed = Permission.DOCUMENT_DOWNLOAD
    pages.get("/documents/<uuid:document>/with-notes", needs=needed, endpoint="with_notes")(
        annotated
    )
    pages.get("/notes/annotations", needs=use, endpoint="note_annotations")(annotations)
