"""Whether a person proved lately who they are."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from meetings import clock
from meetings.models import SignIn

PROOF_LASTS = timedelta(minutes=30)


def is_proven(session: Session, sign_in: UUID) -> bool:
    """Tell whether the person of a sign-in gave all their factors within the last half hour."""
    given = session.get_one(SignIn, sign_in).confirmed_at
    return given is not None and clock.now() - given < PROOF_LASTS


def prove(session: Session, sign_in: UUID) -> None:
    """Note that the person of a sign-in just gave all their factors again."""
    session.get_one(SignIn, sign_in).confirmed_at = clock.now()
