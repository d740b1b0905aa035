"""Which words of a page name a document that its reader may open."""

import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from sqlalchemy.orm import Session

from meetings.documents.relations.services import citation_in, meant
from meetings.intake.citations import find_citations
from meetings.models import Document, DocumentVersion
from meetings.policy import Asker, readable_documents


def links_on(
    session: Session, document: Document, words: Sequence[str], *, by: Asker
) -> list[dict[str, Any]]:
    """Return the citations of a page that open a document: their words, its id, its name.

    A citation is resolved among the documents that the person may read, so that others leave no
    trace; one that could mean several of these opens none.
    """
    composed = [unicodedata.normalize("NFC", word) for word in words]
    starts = list(accumulate((len(word) + 1 for word in composed), initial=0))
    links = []
    for citation in find_citations(" ".join(composed)):
        target = meant(session, document, citation, among=readable_documents(by))
        if target is None or target.id == document.id:
            continue
        first, last = (bisect_right(starts, at) - 1 for at in (citation.start, citation.end - 1))
        links.append({"first": first, "last": last, **_named(target)})
    return links


def cited_in(
    session: Session, document: Document, version: DocumentVersion, *, by: Asker
) -> list[dict[str, str]]:
    """Return the documents with a number that a version cites and that the person may read.

    A tablet without a network finds the numbers on its pages by itself.
    """
    found: dict[str, dict[str, str]] = {}
    for told in (version.header or {}).get("citations", []):
        target = meant(session, document, citation_in(told), among=readable_documents(by))
        if target is not None and target.id != document.id and target.symbol:
            found[target.symbol] = {"symbol": target.symbol, **_named(target)}
    return list(found.values())


def _named(target: Document) -> dict[str, str]:
    name = " · ".join(part for part in (target.symbol, target.title) if part)
    return {"document": str(target.id), "name": name}
