"""How the papers that a tablet has open or keeps stand now."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from meetings.documents.changes.queries import Compared, compared
from meetings.documents.facts.queries import versions_of
from meetings.documents.queries import current_version, current_versions
from meetings.intake.comparison import Change
from meetings.models import Document, DocumentVersion, VersionState
from meetings.policy import Asker, readable_documents

__all__ = ["asked_for", "compared", "first_changes", "since", "standing"]
MOST = 200
SHOWN = 3


def asked_for(text: str) -> list[UUID]:
    """Return the documents that a tablet names, without what is no name."""
    named: list[UUID] = []
    for one in text.split(",")[:MOST]:
        try:
            named.append(UUID(one))
        except ValueError:
            continue
    return named


def standing(session: Session, asked: Iterable[UUID], *, by: Asker) -> dict[str, Any]:
    """Return the version of each document that may be read; the others are not told of."""
    query = readable_documents(by).where(Document.id.in_(list(asked)))
    versions = current_versions(session, session.scalars(query).all())
    return {
        str(document): {
            "version": str(version.id),
            "number": version.number,
            "ready": version.state is VersionState.READY,
        }
        for document, version in versions.items()
    }


def since(
    session: Session, document: Document, version: str, *, by: Asker
) -> tuple[DocumentVersion, DocumentVersion] | None:
    """Return the version that somebody reads and the newer one that is read now, if there is."""
    known = {one.id: one for one in versions_of(session, document, by=by)}
    old = next((known[one] for one in asked_for(version) if one in known), None)
    new = current_version(session, document)
    return (old, new) if old and new and old.number < new.number else None


def first_changes(found: Compared) -> Sequence[Change]:
    """Return the changes that are told at once, those with numbers before the others."""
    if found.comparison is None:
        return ()
    changes = found.comparison.changes
    weighty = [one for one in changes if any(piece.has_numbers for piece in one.pieces)]
    others = [one for one in changes if one not in weighty]
    return [*weighty, *others][:SHOWN]
