"""Where words stand in a document: every hit of every page."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy.orm import Session

from meetings.documents.queries import (
    abbreviations_in_use,
    current_version,
    page_words,
    pages_of,
)
from meetings.installation import Installation
from meetings.models import Document
from search_index import matching_words, parse


def hits_of(
    session: Session, installation: Installation, document: Document, text: str
) -> list[dict[str, Any]]:
    """Return the hits of a document by page, each hit by the place of its first word.

    What was typed is looked for as it stands, word after word.
    """
    version = current_version(session, document)
    phrase = text.replace('"', " ").strip()
    query = parse(f'"{phrase}"', abbreviations_in_use(session))
    if not version or not phrase or not query:
        return []
    found = []
    for page in pages_of(session, version):
        words = [word["text"] for word in page_words(installation, page)]
        hits = list(firsts(matching_words(words, query)))
        if hits:
            found.append({"page": page.number, "hits": hits})
    return found


def firsts(marked: Sequence[int]) -> Iterator[int]:
    """Yield the first of each run of words that stand side by side."""
    before: int | None = None
    for place in marked:
        if before is None or place != before + 1:
            yield place
        before = place
