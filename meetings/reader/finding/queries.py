"""Where words stand in a document: every hit of every page."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy.orm import Session

from meetings import vault
from meetings.documents.queries import abbreviations_in_use, current_version, pages_of
from meetings.installation import Installation
from meetings.intake import unpack_words
from meetings.models import Document
from search_index import matching_words, may_hold, parse

TEXT = re.compile(r'\{"text": "([^"]*)"')


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
    key = vault.reading_key(installation.keys, version)
    found = []
    for page in pages_of(session, version):
        words = texts_in(unpack_words(installation.store.read(page.words, key=key)))
        if may_hold(" ".join(words), query):
            hits = list(firsts(matching_words(words, query)))
            found += [{"page": page.number, "hits": hits}] if hits else []
    return found


def texts_in(words: str) -> list[str]:
    """Return the texts of a page's words as they are kept, without reading their boxes."""
    if "\\" in words:  # a sign that is written as two
        return [word["text"] for word in json.loads(words)]
    return TEXT.findall(words)


def firsts(marked: Sequence[int]) -> Iterator[int]:
    """Yield the first of each run of words that stand side by side."""
    before: int | None = None
    for place in marked:
        if before is None or place != before + 1:
            yield place
        before = place
