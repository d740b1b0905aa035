"""The headings of a document: its bookmarks, or what is found in the text of its pages."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from meetings import vault
from meetings.documents.queries import contents_of, current_version, pages_of
from meetings.installation import Installation
from meetings.models import Document
from meetings.reader.outline.headings import Heading, headings_of

MOST = 400


def outline_of(
    session: Session, installation: Installation, document: Document
) -> Sequence[Heading]:
    """Return the headings of a document."""
    version = current_version(session, document)
    if version is None:
        return ()
    vault.reading_key(installation.keys, version)  # what was recalled has none
    bookmarks = contents_of(installation, version).bookmarks
    if bookmarks:
        return _fewest([Heading(*mark) for mark in bookmarks])
    key = vault.storage_key(installation.keys, version)
    read = installation.store.read
    pages = [
        (page.number, read(page.text, key=key).decode()) for page in pages_of(session, version)
    ]
    return _fewest(list(headings_of(pages)))


def _fewest(found: Sequence[Heading]) -> Sequence[Heading]:
    """Return headings; of very many, those of the upper levels."""
    for deepest in (4, 3, 2, 1):
        shown = [heading for heading in found if heading.depth <= deepest]
        if len(shown) <= MOST:
            return shown
    return shown[:MOST]
