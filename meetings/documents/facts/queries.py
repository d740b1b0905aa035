"""The versions of a document that a person may know of."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import BindParameter, bindparam, func, select
from sqlalchemy.orm import Session

from meetings import policy
from meetings.models import AgendaPaper, Document, DocumentVersion
from meetings.models.prepared import Prepared, settled
from meetings.policy import Asker, Permission

_READ: BindParameter[UUID] = bindparam("read", type_=Document.id.type)
_VERSIONS = (
    select(DocumentVersion)
    .where(DocumentVersion.document_id == _READ)
    .order_by(DocumentVersion.number.desc())
)
_OUT_SINCE = Prepared(
    policy.readable_papers()
    .where(AgendaPaper.document_id == _READ)
    .with_only_columns(func.min(AgendaPaper.released_at, type_=AgendaPaper.released_at.type))
)


def versions_of(session: Session, document: Document, *, by: Asker) -> Sequence[DocumentVersion]:
    """Return the versions of a document, the newest first.

    The office knows all of them; others those that lay before them, and the one that is read now.
    """
    asked = {"read": document.id}
    versions = session.scalars(_VERSIONS, asked).all()
    if policy.allows(session, by, Permission.DOCUMENT_PREPARE, document):
        return versions
    [out_since] = _OUT_SINCE.one_or_none(settled(session), policy.facts(by) | asked) or (None,)
    return [
        version
        for version in versions
        if version.superseded_at is None or (out_since and version.superseded_at > out_since)
    ]
