"""Who sends a request: Flask-Login over server-side sign-ins that can be ended at any moment."""

import hashlib
from dataclasses import dataclass

from flask import g
from flask_login import LoginManager, UserMixin
from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from meetings import clock
from meetings.models import Person, SignIn, User
from meetings.web.context import installation

login_manager = LoginManager()
login_manager.session_protection = None  # the sign-in row decides, not the browser's description


@dataclass(frozen=True)
class Visitor(UserMixin):
    """A signed-in person; the cookie holds the token, the database only its hash."""

    sign_in: SignIn
    token: str

    def get_id(self) -> str:
        """Return what Flask-Login keeps in the cookie."""
        return self.token

    @property
    def account(self) -> User:
        """Return the account."""
        return self.sign_in.user

    @property
    def person(self) -> Person:
        """Return the person."""
        return self.account.person


def token_hash(token: str) -> str:
    """Return the form in which a token may be stored."""
    return hashlib.sha256(token.encode()).hexdigest()


# Built once: making the statement anew would cost each request more than running it.
OPEN_SIGN_IN: Select[SignIn] = (
    select(SignIn)
    .join(SignIn.user)
    .where(
        SignIn.token_hash == bindparam("given"),
        SignIn.ended_at.is_(None),
        SignIn.expires_at > bindparam("moment"),
        User.active,
    )
)


def open_sign_in(session: Session, token: str) -> SignIn | None:
    """Return the sign-in of a token, unless it ended, ran out, or its account was closed."""
    given = {"given": token_hash(token), "moment": clock.now()}
    return session.scalars(OPEN_SIGN_IN, given).one_or_none()


@login_manager.user_loader
def load_visitor(token: str) -> Visitor | None:
    """Return the person of a token."""
    if "session" in g:
        return _visitor(g.session, token)
    with installation().database.reading() as session:
        return _visitor(session, token)


def _visitor(session: Session, token: str) -> Visitor | None:
    sign_in = open_sign_in(session, token)
    return Visitor(sign_in, token) if sign_in else None
