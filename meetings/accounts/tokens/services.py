"""Making and ending tokens; only the hash of one is kept."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date

from sqlalchemy import update
from sqlalchemy.orm import Session

from meetings import clock
from meetings.models import AccessToken, Scope
from meetings.policy import Asker

BEGINS = "nghisu_"
"""By which programs that look for secrets in the wrong place know one of ours."""


def make_token(
    session: Session, *, name: str, scopes: Iterable[Scope], last_day: date, by: Asker
) -> tuple[AccessToken, str]:
    """Make a token and return it with its secret, which nobody can be shown again."""
    wanted = frozenset(scopes)
    secret = BEGINS + secrets.token_urlsafe(32)
    _, end = clock.day_bounds(last_day)
    token = AccessToken(
        user_id=by.id,
        name=name,
        token_hash=hashlib.sha256(secret.encode()).hexdigest(),
        scopes=[scope.value for scope in Scope if scope in wanted],
        expires_at=end,
    )
    session.add(token)
    session.flush()
    return token, secret


def end_token(token: AccessToken) -> None:
    """End a token; it opens nothing any more."""
    token.ended_at = token.ended_at or clock.now()


def end_all_tokens(session: Session, user: Asker) -> None:
    """End every token of an account."""
    opened = update(AccessToken).where(
        AccessToken.user_id == user.id, AccessToken.ended_at.is_(None)
    )
    session.execute(opened.values(ended_at=clock.now()))
