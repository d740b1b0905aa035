"""Who sends a request: Flask-Login over server-side sign-ins that can be ended at any moment."""

import hashlib
from collections.abc import Callable
from datetime import timedelta

from flask import Request, g
from flask_login import LoginManager
from sqlalchemy import and_, bindparam, exists, or_, select, update
from sqlalchemy.orm import Session

from meetings import clock
from meetings.models import Meeting, MeetingState, Participant, Person, SignIn, User
from meetings.models.prepared import Prepared
from meetings.web import programs
from meetings.web.context import Visitor, installation

ROUND_A_MEETING = timedelta(minutes=30)
AWAKE_EVERY = timedelta(minutes=1)

login_manager = LoginManager()
login_manager.session_protection = None  # the sign-in row decides, not the browser's description


def token_hash(token: str) -> str:
    """Return the form in which a token may be stored."""
    return hashlib.sha256(token.encode()).hexdigest()


_users, _people, _sign_ins = User.__table__.c, Person.__table__.c, SignIn.__table__.c
_meetings, _parts = Meeting.__table__.c, Participant.__table__.c
# Nobody is signed out of a meeting that runs, however long they only listen; a tablet that is
# opened again with a PIN is locked all the same.
_sits_in_a_meeting = exists().where(
    _parts.person_id == _users.person_id,
    _parts.meeting_id == _meetings.id,
    _meetings.state != MeetingState.PLANNED,
    _meetings.starts_at < bindparam("soon"),
    _meetings.ends_at > bindparam("lately"),
)
OPEN_SIGN_IN = Prepared(
    select(
        _users.id,
        _users.person_id,
        _people.full_name,
        _users.clearance,
        _users.revision,
        _sign_ins.id,
        _sign_ins.idle_until,
        _sign_ins.idle_seconds,
        _sign_ins.device_id,
    )
    .join_from(SignIn.__table__, User.__table__, _sign_ins.user_id == _users.id)
    .join(Person.__table__, _users.person_id == _people.id)
    .where(
        _sign_ins.token_hash == bindparam("given"),
        _sign_ins.ended_at.is_(None),
        _sign_ins.confirmed_at.is_not(None),
        _sign_ins.expires_at > bindparam("moment"),
        _sign_ins.created_at <= bindparam("ahead"),  # else the clock was set back since
        or_(
            _sign_ins.idle_until > bindparam("moment"),
            and_(_sign_ins.device_id.is_(None), _sits_in_a_meeting),
        ),
        _users.active,
    )
)


def visitor_of(session: Session, token: str) -> Visitor | None:
    """Return whose token it is, unless the sign-in ended, ran out, or the account was closed."""
    now = clock.now()
    given = {
        "given": token_hash(token),
        "moment": now,
        "ahead": now + clock.SKEW,
        "soon": now + ROUND_A_MEETING,
        "lately": now - ROUND_A_MEETING,
    }
    row = OPEN_SIGN_IN.one_or_none(session.connection(), given)
    return Visitor(*row, token) if row else None


def stay_awake(session: Session, visitor: Visitor) -> None:
    """Push the moment ahead at which a sign-in grows idle."""
    if visitor.scopes is not None:
        programs.note_use(session, visitor)
        return
    until = clock.now() + timedelta(seconds=visitor.idle_seconds)
    session.execute(update(SignIn).where(SignIn.id == visitor.sign_in_id).values(idle_until=until))


def grows_idle(visitor: Visitor) -> bool:
    """Tell whether a person's last written sign of life is a minute old."""
    idle = timedelta(seconds=visitor.idle_seconds)
    return visitor.idle_until - clock.now() < idle - AWAKE_EVERY


@login_manager.user_loader
def load_visitor(token: str) -> Visitor | None:
    """Return the person whose cookie it is; where programs ask, none is taken."""
    return None if programs.asks() else _looked_up(visitor_of, token)


@login_manager.request_loader
def load_program(request: Request) -> Visitor | None:
    """Return the person whose access token a program shows; on pages none is taken."""
    given = request.authorization
    if not programs.asks() or given is None or given.type != "bearer" or not given.token:
        return None
    return _looked_up(programs.visitor_of, given.token)


def _looked_up(find: Callable[[Session, str], Visitor | None], token: str) -> Visitor | None:
    if "session" in g:
        return find(g.session, token)
    with installation().database.reading() as session:
        return find(session, token)
