"""How the papers that a tablet has open or keeps stand now."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from meetings.documents.queries import current_versions
from meetings.models import Document, VersionState
from meetings.policy import Asker, readable_documents

MOST = 200


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
