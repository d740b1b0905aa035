"""The older documents that a newer one looks like, as far as a person may read them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from meetings import policy
from meetings.documents.queries import CURRENT_FILE
from meetings.intake.same.same import SameKind
from meetings.models import Document, DocumentType, DocumentVersion, Page, Sameness
from meetings.policy import Asker

CROWD = 500  # documents named in one statement


@dataclass(frozen=True)
class Twin:
    """An older document beside a newer one, in what way they are the same."""

    newer: UUID
    kind: SameKind
    similarity: float
    id: UUID
    title: str
    doc_type: DocumentType
    symbol: str
    issued_on: date | None
    issuer: str
    file_name: str
    page_count: int
    first_page: UUID | None

    @property
    def percent(self) -> int:
        """Return how much of the text is the same, of a hundred."""
        return round(self.similarity * 100)


def twins_of(
    session: Session, documents: Collection[UUID], *, by: Asker
) -> Mapping[UUID, Sequence[Twin]]:
    """Return what some documents look like and nobody decided yet, the likest first."""
    found: dict[UUID, list[Twin]] = defaultdict(list)
    wanted = list(documents)
    for start in range(0, len(wanted), CROWD):
        query = (
            policy.readable_documents(by)
            .join(Sameness, Sameness.other_id == Document.id)
            .join(DocumentVersion, CURRENT_FILE)
            .outerjoin(Page, (Page.version_id == DocumentVersion.id) & (Page.number == 1))
            .where(
                Sameness.document_id.in_(wanted[start : start + CROWD]), Sameness.choice.is_(None)
            )
            .with_only_columns(
                Sameness.document_id,
                Sameness.kind,
                Sameness.similarity,
                Document.id,
                Document.title,
                Document.doc_type,
                Document.symbol,
                Document.issued_on,
                Document.issuer,
                DocumentVersion.file_name,
                DocumentVersion.page_count,
                Page.id,
            )
            .order_by(Sameness.similarity.desc(), Document.id)
        )
        rows: Any = session.execute(query)
        for row in rows:
            twin = Twin(*row)
            found[twin.newer].append(twin)
    return found
