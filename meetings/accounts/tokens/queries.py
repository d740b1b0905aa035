"""The tokens that still open something."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from meetings import clock
from meetings.models import AccessToken
from meetings.policy import Asker, readable_tokens


def open_tokens(session: Session, *, by: Asker) -> Sequence[AccessToken]:
    """Return a person's own tokens that still open something, newest first."""
    query = readable_tokens(by).where(
        AccessToken.ended_at.is_(None), AccessToken.expires_at > clock.now()
    )
    newest = query.order_by(AccessToken.created_at.desc(), AccessToken.id.desc())
    return session.scalars(newest).all()
