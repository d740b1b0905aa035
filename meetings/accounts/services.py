"""Accounts: passwords, one-time secrets, sign-ins, roles."""

import hashlib
import hmac
import secrets
import threading
import unicodedata
from collections.abc import Sequence
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from meetings import clock
from meetings.models import (
    AccessLevel,
    Body,
    OneTimeSecret,
    Person,
    Role,
    RoleAssignment,
    SignIn,
    User,
)
from storage import KeyFolder

LIGHT = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
HEAVY = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)
PRIVILEGED = frozenset({Role.ADMINISTRATOR, Role.CLERK})
SIGNED_IN_FOR = timedelta(hours=12)
SECRET_LASTS = timedelta(hours=72)
HASHES_AT_ONCE = threading.BoundedSemaphore(2)  # each takes up to 64 MiB and a whole core
DECOYS = tuple(  # argon2id in form, of no password: what a name without a password is compared with
    f"$argon2id$v=19$m={made.memory_cost},t={made.time_cost},p=1${'A' * 22}${'A' * 43}"
    for made in (LIGHT, HEAVY)
)


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
    with HASHES_AT_ONCE:
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


def open_sign_in(session: Session, user: User, *, address: str, browser: str) -> tuple[SignIn, str]:
    """Open a sign-in and return it with its token, of which only the hash is kept."""
    token = secrets.token_urlsafe(32)
    sign_in = SignIn(
        user_id=user.id,
        token_hash=hashlib.sha256(token.encode()).hexdigest(),
        expires_at=clock.now() + SIGNED_IN_FOR,
        address=address,
        browser=browser[:200],
    )
    session.add(sign_in)
    session.flush()
    return sign_in, token


def end_sign_in(sign_in: SignIn) -> None:
    """End a sign-in; its token opens nothing any more."""
    sign_in.ended_at = sign_in.ended_at or clock.now()


def end_all_sign_ins(session: Session, user: User) -> None:
    """End every sign-in of an account."""
    session.execute(
        update(SignIn)
        .where(SignIn.user_id == user.id, SignIn.ended_at.is_(None))
        .values(ended_at=clock.now())
    )


def issue_secret(session: Session, user: User) -> str:
    """Return a secret with which a person sets a password, once, within three days."""
    secret = secrets.token_urlsafe(12)
    session.add(
        OneTimeSecret(
            user_id=user.id,
            secret_hash=hashlib.sha256(secret.encode()).hexdigest(),
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
            OneTimeSecret.secret_hash == hashlib.sha256(secret.encode()).hexdigest(),
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
    user.revision += 1
    if not active:
        end_all_sign_ins(session, user)


def grant(session: Session, user: User, role: Role, body: Body) -> None:
    """Give a role in a body; one that is held already stays."""
    held = select(RoleAssignment.id).where(
        RoleAssignment.user_id == user.id,
        RoleAssignment.role == role,
        RoleAssignment.body_id == body.id,
    )
    if session.scalar(held) is None:
        session.add(RoleAssignment(user_id=user.id, role=role, body_id=body.id))
        user.revision += 1
        session.flush()


def withdraw(session: Session, user: User, assignment: RoleAssignment) -> None:
    """Take a role away."""
    if assignment.user_id == user.id:
        session.delete(assignment)
        user.revision += 1
        session.flush()


def _peppered(keys: KeyFolder, password: str) -> str:
    return hmac.new(keys.pepper, password.encode(), hashlib.sha256).hexdigest()


def _matches(stored: str, peppered: str) -> bool:
    with HASHES_AT_ONCE:
        try:
            return LIGHT.verify(stored, peppered)
        except (VerificationError, InvalidHashError):
            return False
