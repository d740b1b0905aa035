"""The headings of a document, found in the text of its pages."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from meetings import vault
from meetings.documents.queries import current_version, pages_of
from meetings.installation import Installation
from meetings.models import Document
from meetings.reader.outline.headings import Heading, headings_of

MOST = 400


def outline_of(
    session: Session, installation: Installation, document: Document
) -> Sequence[Heading]:
    """Return the headings of a document; of very many, those of the upper levels."""
    version = current_version(session, document)
    if version is None:
        return ()
    vault.reading_key(installation.keys, version)  # what was recalled has none
    key = vault.storage_key(installation.keys, version)
    read = installation.store.read
    pages = [
        (page.number, read(page.text, key=key).decode()) for page in pages_of(session, version)
    ]
    found = list(headings_of(pages))
    for deepest in (3, 2, 1):
        shown = [heading for heading in found if heading.depth <= deepest]
        if len(shown) <= MOST:
            return shown
    return shown[:MOST]
