"""Programs that ask in a person's name: under their own addresses, with a token, never a cookie."""

import hashlib
from typing import Any, NoReturn

from flask import request
from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized

from meetings import clock
from meetings.models import AccessToken, Person, Scope, User
from meetings.models.prepared import Prepared
from meetings.web.context import Visitor

ROOT = "/api/v1"

_users, _people, _tokens = User.__table__.c, Person.__table__.c, AccessToken.__table__.c
OPEN_TOKEN = Prepared(
    select(
        _tokens.id,
        _tokens.scopes,
        func.coalesce(_tokens.used_at, _tokens.created_at, type_=_tokens.created_at.type),
        _users.id,
        _users.person_id,
        _people.full_name,
        _users.clearance,
        _users.revision,
    )
    .join_from(AccessToken.__table__, User.__table__, _tokens.user_id == _users.id)
    .join(Person.__table__, _users.person_id == _people.id)
    .where(
        _tokens.token_hash == bindparam("given"),
        _tokens.ended_at.is_(None),
        _tokens.expires_at > bindparam("moment"),
        _tokens.created_at <= bindparam("ahead"),  # else the clock was set back since
        _users.active,
    )
)


def asks() -> bool:
    """Tell whether the current request is one that only programs send."""
    return request.path == ROOT or request.path.startswith(f"{ROOT}/")


def visitor_of(session: Session, secret: str) -> Visitor | None:
    """Return for whom a program asks, unless its token ended or their account was closed."""
    now = clock.now()
    given = {
        "given": hashlib.sha256(secret.encode()).hexdigest(),
        "moment": now,
        "ahead": now + clock.SKEW,
    }
    row = OPEN_TOKEN.one_or_none(session.connection(), given)
    return _visitor(secret, *row) if row else None


def _visitor(secret: str, token: Any, scopes: Any, used: Any, *person: Any) -> Visitor:
    """Return whom a row describes; a use is noted where the last is a minute old."""
    given = frozenset(map(Scope, scopes))
    return Visitor(*person, token, used, 0, None, secret, scopes=given)


def note_use(session: Session, visitor: Visitor) -> None:
    """Write down that a token was used just now."""
    used = update(AccessToken).where(AccessToken.id == visitor.sign_in_id)
    session.execute(used.values(used_at=clock.now()))


def refuse() -> NoReturn:
    """Tell a program without a token that opens anything how to ask."""
    raise Unauthorized(www_authenticate=WWWAuthenticate("bearer", {"realm": "api"}))


def named(visitor: Visitor) -> dict[str, Any]:
    """Return what the ledger says of a program beside its person."""
    return {} if visitor.scopes is None else {"access_token": str(visitor.sign_in_id)}
