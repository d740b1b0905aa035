"""Which results of a search are drafts of others among them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from meetings.documents.issuing.queries import became
from meetings.models import Document
from meetings.policy import Asker


@dataclass(frozen=True)
class Folded:
    """Drafts that stand under what became of them, and what became of the others."""

    under: Mapping[UUID, Sequence[Document]]
    became: Mapping[UUID, Document]

    def hides(self, document: Document) -> bool:
        """Tell whether a document is shown under another one."""
        return any(document in drafts for drafts in self.under.values())


def folded(session: Session, documents: Sequence[Document], *, by: Asker) -> Folded:
    """Return how the drafts among some documents stand to what they became."""
    known = became(session, [document.id for document in documents], by=by)
    shown = {document.id for document in documents}
    under: defaultdict[UUID, list[Document]] = defaultdict(list)
    for document in documents:
        issued = known.get(document.id)
        if issued and issued.id in shown:
            under[issued.id].append(document)
    return Folded(under, known)
