"""Which versions wait for their aids."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from meetings.models import DocumentVersion, Page, VersionState
from meetings.settings import Settings

AT_ONCE = 500


LACKING = (
    select(DocumentVersion.id)
    .where(
        or_(
            DocumentVersion.id.in_(select(Page.version_id).where(Page.light_image.is_(None))),
            DocumentVersion.viewing.is_not(None) & DocumentVersion.contents.is_(None),
        ),
        DocumentVersion.state == VersionState.READY,
        DocumentVersion.superseded_at.is_(None),
    )
    .order_by(DocumentVersion.id.desc())
)


def without_aids(session: Session) -> Sequence[UUID]:
    """Return versions read now that lack light pictures or contents, the newest first."""
    return session.scalars(LACKING.limit(AT_ONCE)).all()


def lacks_aids(session: Session, _settings: Settings) -> bool:
    """Tell whether there is anything to make."""
    return session.scalar(LACKING.limit(1)) is not None
