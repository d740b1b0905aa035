"""Codes of an authenticator app (RFC 6238): shared once, each taken once, recovery beside them."""

import base64
import hmac
import os
import secrets

import pyotp
from argon2.low_level import Type, hash_secret_raw
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from meetings import clock
from meetings.models import RecoveryCode, SecondFactor, User
from meetings.vault import open_by_root, second_factor_context
from storage import KeyFolder, wrap

STEP_SECONDS = 30
TOLERANCE = (-1, 0, 1)
COST = {"time_cost": 2, "memory_cost": 19 * 1024, "parallelism": 1}
RECOVERY_CODES = 10
ISSUER = "Nghi Su"
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is read as something else
SECRET_BYTES = 32
SALT_BYTES, DIGEST_BYTES = 8, 24


def factor_of(session: Session, user: User) -> SecondFactor | None:
    """Return the confirmed second factor of an account."""
    query = select(SecondFactor).where(
        SecondFactor.user_id == user.id, SecondFactor.confirmed_at.is_not(None)
    )
    return session.scalar(query)


def begin(session: Session, keys: KeyFolder, user: User) -> str:
    """Return the secret to put into the app, made at first use; it counts once confirmed."""
    row = session.scalar(select(SecondFactor).where(SecondFactor.user_id == user.id))
    if row is None:
        secret = wrap(
            os.urandom(SECRET_BYTES), by=keys.root, context=second_factor_context(user.id)
        )
        row = SecondFactor(user_id=user.id, secret=secret, last_step=0)
        session.add(row)
        session.flush()
    return _secret(keys, row, user)


def address(user: User, secret: str) -> str:
    """Return what the QR code says to the app."""
    return pyotp.TOTP(secret).provisioning_uri(name=user.username, issuer_name=ISSUER)


def secret_of(session: Session, keys: KeyFolder, user: User) -> str | None:
    """Return the secret of an account that it has not shared with an app yet."""
    row = session.scalar(select(SecondFactor).where(SecondFactor.user_id == user.id))
    return _secret(keys, row, user) if row and row.confirmed_at is None else None


def take(session: Session, keys: KeyFolder, user: User, code: str) -> list[str] | None:
    """Take a code of the app or a recovery code, once; None if it is wrong.

    The first code of a new secret confirms it, and the recovery codes made then are returned.
    """
    row = session.scalar(select(SecondFactor).where(SecondFactor.user_id == user.id))
    if row is None:
        return None
    if not _take(keys, row, user, code):
        return [] if row.confirmed_at and _take_recovery(session, user, code) else None
    if row.confirmed_at:
        return []
    row.confirmed_at = clock.now()
    return new_recovery_codes(session, user)


def new_recovery_codes(session: Session, user: User) -> list[str]:
    """Return new recovery codes in the place of all older ones; only slow hashes are kept."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    codes = ["-".join(_word() for _ in range(3)) for _ in range(RECOVERY_CODES)]
    salt = os.urandom(SALT_BYTES)
    session.add_all(RecoveryCode(user_id=user.id, code_hash=_slow(salt, code)) for code in codes)
    session.flush()
    return codes


def forget(session: Session, user: User) -> None:
    """Take the second factor and its recovery codes away, for one who lost them."""
    for table in (SecondFactor, RecoveryCode):
        session.execute(delete(table).where(table.user_id == user.id))


def _take(keys: KeyFolder, row: SecondFactor, user: User, code: str) -> bool:
    given = "".join(code.split())
    totp = pyotp.TOTP(_secret(keys, row, user))
    now = int(clock.now().timestamp()) // STEP_SECONDS
    for step in (now + shift for shift in TOLERANCE):
        right = hmac.compare_digest(totp.generate_otp(step).encode(), given.encode())
        if right and step > row.last_step:
            row.last_step = step
            return True
    return False


def _take_recovery(session: Session, user: User, code: str) -> bool:
    query = select(RecoveryCode).where(
        RecoveryCode.user_id == user.id, RecoveryCode.used_at.is_(None)
    )
    rows = {row.code_hash: row for row in session.scalars(query)}
    salts = {bytes.fromhex(kept[: 2 * SALT_BYTES]) for kept in rows}  # one for all ten
    taken = next((rows[given] for s in salts if (given := _slow(s, code)) in rows), None)
    if taken is None:
        return False
    taken.used_at = clock.now()
    return True


def _secret(keys: KeyFolder, row: SecondFactor, user: User) -> str:
    plain = open_by_root(keys, row.secret, second_factor_context(user.id))
    return base64.b32encode(plain).decode().rstrip("=")


def _word() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(4))


def _slow(salt: bytes, code: str) -> str:
    """Return a code as argon2id keeps it, its salt before it: some 59 bits need a slow hash."""
    typed = "".join(c for c in code.lower() if c.isalnum()).encode()
    kept = hash_secret_raw(typed, salt, **COST, hash_len=DIGEST_BYTES, type=Type.ID)
    return (salt + kept).hex()
