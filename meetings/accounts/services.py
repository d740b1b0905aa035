"""Accounts: passwords, one-time secrets, sign-ins, roles."""

import hashlib
import hmac
import secrets
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from meetings import clock, events
from meetings.accounts.tokens.services import end_all_tokens
from meetings.models import (
    AccessLevel,
    Body,
    Device,
    OneTimeSecret,
    Person,
    Role,
    RoleAssignment,
    SignIn,
    User,
)
from meetings.policy import PRIVILEGED, Asker
from meetings.settings import Settings
from storage import KeyFolder

LIGHT = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
HEAVY = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)
CODE_LASTS = timedelta(minutes=10)
SECRET_LASTS = timedelta(hours=72)
HASHES_AT_ONCE = threading.BoundedSemaphore(2)  # each takes up to 64 MiB and a whole core
HASHES_WAITING = threading.BoundedSemaphore(64 + 2)
DECOYS = tuple(  # argon2id in form, of no password: what a name without a password is compared with
    f"$argon2id$v=19$m={made.memory_cost},t={made.time_cost},p=1${'A' * 22}${'A' * 43}"
    for made in (LIGHT, HEAVY)
)


class Crowded(Exception):
    """So many passwords wait to be checked that one more would wait in vain."""


@dataclass(frozen=True)
class Limits:
    """How long a sign-in lasts: without a sign of life, and at all."""

    idle: timedelta = timedelta(minutes=30)
    absolute: timedelta = timedelta(hours=12)


STANDARD = Limits()
SIGN_INS_AT_ONCE = 10


def add_user(
    session: Session,
    keys: KeyFolder,
    *,
    username: str,
    person: Person,
    password: str | None = None,
    clearance: AccessLevel = AccessLevel.INTERNAL,
    roles: Sequence[tuple[Role, Body]] = (),
    demo: bool = False,
) -> User:
    """Make an account for a person; without a password it waits for a one-time secret."""
    user = User(
        username=username,
        person_id=person.id,
        clearance=clearance,
        demo=demo,
    )
    session.add(user)
    session.flush()
    for role, body in roles:
        grant(session, user, role, body)
    if password is not None:
        set_password(session, keys, user, password)
    return user


def set_password(session: Session, keys: KeyFolder, user: User, password: str) -> None:
    """Give an account a password; what it opened before is ended."""
    privileged = is_privileged(session, user)
    user.password_hash = hash_password(keys, password, privileged=privileged)
    end_all_sign_ins(session, user)


def account_named(session: Session, username: str) -> User | None:
    """Return the open account of a name."""
    return session.scalar(select(User).where(User.username == username, User.active))


def hash_password(keys: KeyFolder, password: str, *, privileged: bool) -> str:
    """Return the form in which a password may be stored: argon2id under the pepper."""
    composed = unicodedata.normalize("NFC", password)
    with _turn():
        return (HEAVY if privileged else LIGHT).hash(_peppered(keys, composed))


def check_password(keys: KeyFolder, stored: str, password: str) -> bool:
    """Tell whether a password is the stored one; its NFC form has a second chance."""
    forms = dict.fromkeys((password, unicodedata.normalize("NFC", password)))
    return any(_matches(stored or DECOYS[0], _peppered(keys, form)) for form in forms)


def decoy(keys: KeyFolder, username: str) -> str:
    """Return what a name is compared with that has no password; always the same for a name.

    Half the names take as long as a clerk's, half as long as a delegate's, so that the time of an
    answer does not tell which names have an account.
    """
    return DECOYS[hmac.digest(keys.pepper, username.encode(), hashlib.sha256)[0] % len(DECOYS)]


def needs_rehash(stored: str, *, privileged: bool) -> bool:
    """Tell whether a stored password was made with other parameters than today's."""
    return (HEAVY if privileged else LIGHT).check_needs_rehash(stored)


def is_privileged(session: Session, user: User) -> bool:
    """Tell whether an account holds a role that changes what others see."""
    held = select(RoleAssignment.id).where(
        RoleAssignment.user_id == user.id, RoleAssignment.role.in_(PRIVILEGED)
    )
    return session.scalar(held.limit(1)) is not None


def limits_of(settings: Settings, *, privileged: bool) -> Limits:
    """Return how long the sign-ins of such an account last."""
    idle = settings.idle_minutes_privileged if privileged else settings.idle_minutes
    return Limits(timedelta(minutes=idle), timedelta(hours=settings.sign_in_hours))


def open_sign_in(
    session: Session,
    user: User,
    *,
    address: str,
    browser: str,
    limits: Limits = STANDARD,
    confirmed: bool = True,
    device: Device | None = None,
) -> tuple[SignIn, str]:
    """Open a sign-in and return it with its token, of which only the hash is kept.

    One that is not confirmed opens nothing but the page that asks for the second factor.
    """
    _make_room(session, user)
    now, token = clock.now(), secrets.token_urlsafe(32)
    sign_in = SignIn(
        user_id=user.id,
        token_hash=_digest(token),
        expires_at=now + limits.absolute,
        idle_until=now + (limits.idle if confirmed else CODE_LASTS),
        idle_seconds=int(limits.idle.total_seconds()),
        confirmed_at=now if confirmed else None,
        device_id=device.id if device else None,
        address=address,
        browser=browser[:200],
    )
    session.add(sign_in)
    session.flush()
    return sign_in, token


def _make_room(session: Session, user: User) -> None:
    """End the oldest sign-ins of an account, so that one more makes no more than the limit."""
    opened = select(SignIn).where(
        SignIn.user_id == user.id, SignIn.ended_at.is_(None), SignIn.expires_at > clock.now()
    )
    newest_first = opened.order_by(SignIn.created_at.desc(), SignIn.id.desc())
    for old in session.scalars(newest_first.offset(SIGN_INS_AT_ONCE - 1)).all():
        end_sign_in(session, old)


def waiting_sign_in(session: Session, token: str) -> SignIn | None:
    """Return the sign-in of a token that still waits for its second factor."""
    now = clock.now()
    query = (
        select(SignIn)
        .join(SignIn.user)
        .where(
            SignIn.token_hash == _digest(token),
            SignIn.confirmed_at.is_(None),
            SignIn.ended_at.is_(None),
            SignIn.idle_until > now,
            User.active,
        )
    )
    return session.scalar(query)


def confirm_sign_in(session: Session, sign_in: SignIn) -> str:
    """Let a waiting sign-in in and return its new token; the one before opens nothing."""
    token = secrets.token_urlsafe(32)
    sign_in.token_hash, sign_in.confirmed_at = _digest(token), clock.now()
    sign_in.idle_until = clock.now() + timedelta(seconds=sign_in.idle_seconds)
    session.flush()
    return token


def end_worn_out(session: Session) -> None:
    """End for good what lasted its longest time: no clock that is set back opens it again."""
    over = update(SignIn).where(SignIn.ended_at.is_(None), SignIn.expires_at <= clock.now())
    session.execute(over.values(ended_at=SignIn.expires_at))


def end_sign_in(session: Session, sign_in: SignIn) -> None:
    """End a sign-in; its token opens nothing any more, and its open streams end."""
    sign_in.ended_at = sign_in.ended_at or clock.now()
    events.publish(session, events.person_topic(sign_in.user.person_id), events.ACCESS)


def end_all_sign_ins(session: Session, user: Asker, *, but: UUID | None = None) -> None:
    """End every sign-in of an account, or every one but one, and what programs were given."""
    events.publish(session, events.person_topic(user.person_id), events.ACCESS)
    end_all_tokens(session, user)
    ended = update(SignIn).where(SignIn.user_id == user.id, SignIn.ended_at.is_(None))
    session.execute((ended.where(SignIn.id != but) if but else ended).values(ended_at=clock.now()))


def issue_secret(session: Session, user: User) -> str:
    """Return a secret with which a person sets a password, once, within three days.

    Older ones open nothing any more.
    """
    secret = secrets.token_urlsafe(16)
    older = update(OneTimeSecret).where(
        OneTimeSecret.user_id == user.id, OneTimeSecret.used_at.is_(None)
    )
    session.execute(older.values(used_at=clock.now()))
    session.add(
        OneTimeSecret(
            user_id=user.id,
            secret_hash=_digest(secret),
            expires_at=clock.now() + SECRET_LASTS,
        )
    )
    session.flush()
    return secret


def redeem_secret(session: Session, username: str, secret: str, password_hash: str) -> User | None:
    """Set the password that a valid secret allows and end older sign-ins; None if it is not."""
    row = session.scalar(
        select(OneTimeSecret)
        .join(User, User.id == OneTimeSecret.user_id)
        .where(
            User.username == username,
            User.active,
            OneTimeSecret.secret_hash == _digest(secret),
            OneTimeSecret.used_at.is_(None),
            OneTimeSecret.expires_at > clock.now(),
        )
    )
    if row is None:
        return None
    row.used_at = clock.now()
    user = session.get_one(User, row.user_id)
    user.password_hash = password_hash
    end_all_sign_ins(session, user)
    return user


def change_user(session: Session, user: User, *, clearance: AccessLevel, active: bool) -> None:
    """Change what an account may see and whether it may sign in; closing ends its sign-ins."""
    user.clearance, user.active = clearance, active
    tell_of_change(session, user)
    if not active:
        end_all_sign_ins(session, user)


def grant(session: Session, user: User, role: Role, body: Body) -> None:
    """Give a role in a body, under which the person signs in anew; one held already stays."""
    held = select(RoleAssignment.id).where(
        RoleAssignment.user_id == user.id,
        RoleAssignment.role == role,
        RoleAssignment.body_id == body.id,
    )
    if session.scalar(held) is None:
        session.add(RoleAssignment(user_id=user.id, role=role, body_id=body.id))
        _begin_anew(session, user)
        session.flush()


def withdraw(session: Session, user: User, assignment: RoleAssignment) -> None:
    """Take a role away."""
    if assignment.user_id == user.id:
        session.delete(assignment)
        _begin_anew(session, user)
        session.flush()


def tell_of_change(session: Session, user: User) -> None:
    """Make kept pages old and have open streams ask again."""
    user.revision += 1
    events.publish(session, events.person_topic(user.person_id), events.ACCESS)


def _begin_anew(session: Session, user: User) -> None:
    """End what was opened under other rights: a token never gains any (ASVS 5.0, 7.2.4)."""
    user.revision += 1
    end_all_sign_ins(session, user)


@contextmanager
def _turn() -> Iterator[None]:
    """Wait for one's turn to hash; raise Crowded where too many wait already."""
    if not HASHES_WAITING.acquire(blocking=False):
        raise Crowded
    try:
        with HASHES_AT_ONCE:
            yield
    finally:
        HASHES_WAITING.release()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _peppered(keys: KeyFolder, password: str) -> str:
    return hmac.new(keys.pepper, password.encode(), hashlib.sha256).hexdigest()


def _matches(stored: str, peppered: str) -> bool:
    with _turn():
        try:
            return LIGHT.verify(stored, peppered)
        except (VerificationError, InvalidHashError):
            return False
