"""The register or a list of results as a file: workbook, text document or PDF."""

from collections.abc import Callable, Sequence

from flask import Response
from flask_babel import gettext as _

from meetings.archive.register.queries import register_of
from meetings.archive.register.views import asked_filters
from meetings.documents.forms import DOCUMENT_TYPES, VALIDITIES
from meetings.documents.relations.queries import Standing, standings_of
from meetings.models import Document
from meetings.policy import Permission
from meetings.press.tables import Sheet
from meetings.web.context import person_asking, session
from meetings.web.exports import list_file
from meetings.web.pages import Pages

MOST = 200
"""Documents in a list of results; whoever needs more narrows the search down."""
Find = Callable[[int], tuple[Sequence[Document], int]]
"""The documents on a page of results of the search in the address, and how many pages there are."""


def export_register() -> Response:
    """Give out the register as it is filtered, as a file."""
    found = register_of(session(), asked_filters(), by=person_asking())
    lines = [line for run in found.runs for line in run.lines]
    rows = [_row(line.document, line.standing) for line in lines]
    return list_file(
        Sheet(_("Register of resolutions and directives"), _columns(), rows), "so-dang-ky"
    )


def _results(find: Find) -> Response:
    """Give out the documents that a search finds, the best first, as a file."""
    documents: list[Document] = []
    number = pages = 1
    while number <= pages and len(documents) < MOST:
        found, pages = find(number)
        documents += found
        number += 1
    standings = standings_of(session(), documents, by=person_asking())
    rows = [_row(document, standings[document.id]) for document in documents[:MOST]]
    return list_file(Sheet(_("Documents found"), _columns(), rows), "ket-qua")


def _columns() -> list[str]:
    return [
        _("Number and symbol"),
        _("Type of document"),
        _("Date of issue"),
        _("Abstract"),
        _("Issuing organ"),
        _("Signed by"),
        _("Validity"),
    ]


def _row(document: Document, standing: Standing) -> list[str]:
    return [
        document.symbol,
        str(DOCUMENT_TYPES[document.doc_type]),
        f"{document.issued_on:%d/%m/%Y}" if document.issued_on else "",
        document.title,
        document.issuer,
        document.signer,
        str(VALIDITIES[standing.validity][0]),
    ]


def register(pages: Pages, find: Find) -> None:
    """Add the routes of the files; `find` is the archive's own search."""

    def export_results() -> Response:
        """Give out what the search in the address finds."""
        return _results(find)

    needs = Permission.ARCHIVE_EXPORT
    pages.get("/archive/register/file", needs=needs)(export_register)
    pages.get("/archive/file", needs=needs)(export_results)
