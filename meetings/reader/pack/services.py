"""What tablets tell of the versions that they keep."""

import json
from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from meetings import clock, policy
from meetings.models import DocumentVersion, KeptPack
from meetings.policy import Asker, Permission

MOST = 2000


class Unreadable(ValueError):
    """What came is no list of versions."""


def versions_told(sent: str) -> Collection[UUID]:
    """Return the versions that a tablet told of; raise Unreadable if these are none."""
    try:
        listed = json.loads(sent)
        if not isinstance(listed, list) or len(listed) > MOST:
            raise Unreadable
        return {UUID(one) for one in listed}
    except (TypeError, AttributeError, ValueError, RecursionError) as error:
        raise Unreadable from error


def note_kept(session: Session, tablet: UUID, versions: Collection[UUID], *, by: Asker) -> None:
    """Write down what a tablet keeps; what it kept before and names no more, it has dropped."""
    moment = clock.now()
    query = select(KeptPack).where(KeptPack.user_id == by.id, KeptPack.tablet == tablet)
    rows = {row.version_id: row for row in session.scalars(query)}
    for version_id, row in rows.items():
        if version_id in versions:
            row.told_at, row.dropped_at = moment, None
        elif row.dropped_at is None:
            row.told_at, row.dropped_at = moment, moment
    for version_id in versions - rows.keys():
        if _may_keep(session, version_id, by):
            session.add(KeptPack(user_id=by.id, tablet=tablet, version_id=version_id))
    session.flush()


def _may_keep(session: Session, version_id: UUID, by: Asker) -> bool:
    version = session.get(DocumentVersion, version_id)
    needs = Permission.DOCUMENT_MANIFEST
    return bool(version and policy.permitted(session, by, needs, version.document_id))
