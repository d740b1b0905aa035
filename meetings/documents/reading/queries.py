"""What was read from a document, field by field, as the clerk checks it beside the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from meetings.documents.queries import current_version, pages_of
from meetings.models import Certainty, Document, Page

SURE, GUESS = 0.9, 0.6
ROUND = 0.012  # of the page, shown around a spot
FIELDS = {
    "title": "subject",
    "doc_type": "type",
    "symbol": "number",
    "issued_on": "date",
    "issuer": "issuing_body",
    "signer": "signer",
}
"""The fields of the register, and what a header calls them."""


@dataclass(frozen=True)
class Said:
    """What a document says in one of its fields, how sure that is, and where it stands."""

    value: str | None
    certainty: Certainty
    page: Page | None
    view: str
    """The part of the page, as the view box of a drawing in points."""


def said_in(session: Session, document: Document) -> tuple[Page | None, Mapping[str, Said]]:
    """Return the first page of a document, and what was read in it, by field of the register."""
    version = current_version(session, document)
    if version is None or not version.header:
        return None, {}
    pages = {page.number: page for page in pages_of(session, version)}
    said = {field: _said(version.header, name, pages) for field, name in FIELDS.items()}
    return pages.get(1), {field: found for field, found in said.items() if found}


def _said(header: Mapping[str, Any], name: str, pages: Mapping[int, Page]) -> Said | None:
    value = header["metadata"].get(name)
    spot = header["boxes"].get(name)
    page = pages.get(spot["page"]) if spot else None
    if value is None and page is None:
        return None
    sure = header["confidence"].get(name, 0.0)
    certainty = (
        Certainty.SURE if sure >= SURE else Certainty.GUESS if sure >= GUESS else Certainty.LOOK
    )
    return Said(value, certainty, page, _view(page, spot["box"]) if page and spot else "")


def _view(page: Page, box: list[float]) -> str:
    x, y, w, h = box
    left, top = max(0.0, x - ROUND), max(0.0, y - ROUND)
    parts = (
        left * page.width,
        top * page.height,
        (w + 2 * ROUND) * page.width,
        (h + 2 * ROUND) * page.height,
    )
    return " ".join(f"{part:.1f}" for part in parts)
