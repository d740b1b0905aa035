"""Who sends a request: Flask-Login over server-side sign-ins that can be ended at any moment."""

import hashlib

from flask import g
from flask_login import LoginManager
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from meetings import clock
from meetings.models import Person, SignIn, User
from meetings.web.context import Visitor, installation

login_manager = LoginManager()
login_manager.session_protection = None  # the sign-in row decides, not the browser's description


def token_hash(token: str) -> str:
    """Return the form in which a token may be stored."""
    return hashlib.sha256(token.encode()).hexdigest()


# One row of plain columns, made once: every request asks this, and rows as objects cost thrice.
_users, _people, _sign_ins = User.__table__.c, Person.__table__.c, SignIn.__table__.c
OPEN_SIGN_IN = (
    select(
        _users.id,
        _users.person_id,
        _people.full_name,
        _users.clearance,
        _users.revision,
        _sign_ins.id,
    )
    .join_from(SignIn.__table__, User.__table__, _sign_ins.user_id == _users.id)
    .join(Person.__table__, _users.person_id == _people.id)
    .where(
        _sign_ins.token_hash == bindparam("given"),
        _sign_ins.ended_at.is_(None),
        _sign_ins.expires_at > bindparam("moment"),
        _users.active,
    )
)


def visitor_of(session: Session, token: str) -> Visitor | None:
    """Return whose token it is, unless the sign-in ended, ran out, or the account was closed."""
    given = {"given": token_hash(token), "moment": clock.now()}
    row = session.execute(OPEN_SIGN_IN, given).one_or_none()
    return Visitor(*row, token) if row else None


@login_manager.user_loader
def load_visitor(token: str) -> Visitor | None:
    """Return the person of a token."""
    if "session" in g:
        return visitor_of(g.session, token)
    with installation().database.reading() as session:
        return visitor_of(session, token)
