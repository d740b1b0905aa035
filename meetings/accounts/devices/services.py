"""Enrolling a tablet, letting its person in with key and PIN, giving it a new PIN, ending it.

Two factors in the hall: what the person has is the tablet's private key, which the browser keeps
and nobody can copy out of it; what the person knows is the PIN, of which the server allows few
attempts.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import load_der_public_key
from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from meetings import clock, events
from meetings.accounts.services import check_password, hash_password
from meetings.models import Device, EnrolmentCode, SignIn, User
from meetings.policy import has_no_privilege
from storage import KeyFolder

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0 and O, no 1, I and L: they are typed from paper
GROUP, GROUPS = 4, 3
CODE_LASTS = timedelta(hours=24)
CHALLENGE_LASTS = timedelta(minutes=30)
PIN_OPEN = timedelta(minutes=10)
MOST_FAILURES = 5
COORDINATE = 32  # bytes of each half of a P-256 signature as browsers make it (IEEE P1363)
SIGNED = "nghi-su device: "
LONGEST_KEY = 200


class NotAKey(Exception):
    """What a browser sent in the place of a public key is none."""


def issue_code(session: Session, user: User) -> str:
    """Return a code with which a tablet becomes this person's; older unused ones open no more."""
    older = update(EnrolmentCode).where(
        EnrolmentCode.user_id == user.id, EnrolmentCode.used_at.is_(None)
    )
    session.execute(older.values(expires_at=clock.now()))
    letters = [secrets.choice(LETTERS) for _ in range(GROUP * GROUPS)]
    code = "".join(letters)
    lasts = clock.now() + CODE_LASTS
    session.add(EnrolmentCode(user_id=user.id, code_hash=digest(code), expires_at=lasts))
    session.flush()
    return "-".join(code[i : i + GROUP] for i in range(0, len(code), GROUP))


def plain_code(typed: str) -> str:
    """Return a code without what people type between its letters."""
    return "".join(c for c in typed.upper() if c in LETTERS)


def enrol(
    session: Session, keys: KeyFolder, code: str, *, token: str, name: str, key: bytes, pin: str
) -> Device | None:
    """Make the tablet with a token a person's own; None if the code is not good.

    Whoever it was enrolled for before signs in on it no more. Raises NotAKey.
    """
    public_key(key)
    row = session.scalar(
        select(EnrolmentCode).where(
            EnrolmentCode.code_hash == digest(plain_code(code)),
            EnrolmentCode.used_at.is_(None),
            EnrolmentCode.expires_at > clock.now(),
        )
    )
    user = session.get_one(User, row.user_id) if row else None
    if row is None or user is None or not user.active:
        return None
    row.used_at = clock.now()
    mark = digest(token)
    for before in session.scalars(
        select(Device).where(Device.token_hash == mark, Device.ended_at.is_(None))
    ):
        end(session, before)
    device = Device(user_id=user.id, user=user, name=name, token_hash=mark, public_key=key)
    session.add(device)
    session.flush()
    set_pin(keys, device, pin)
    return device


def device_here(session: Session, token: str) -> Device | None:
    """Return the enrolled tablet that a token stands for, if its person may use the PIN."""
    if not token:
        return None
    query = (
        select(Device)
        .join(Device.user)
        .where(
            Device.token_hash == digest(token),
            Device.ended_at.is_(None),
            User.active,
            has_no_privilege,
        )
    )
    return session.scalar(query)


def public_key(key: bytes) -> ec.EllipticCurvePublicKey:
    """Return the key of its bytes (SubjectPublicKeyInfo, P-256); raise NotAKey."""
    try:
        known = load_der_public_key(key[:LONGEST_KEY])
    except ValueError as error:
        raise NotAKey from error
    if not isinstance(known, ec.EllipticCurvePublicKey) or known.curve.name != "secp256r1":
        raise NotAKey
    return known


def challenge(keys: KeyFolder) -> str:
    """Return what a tablet is to sign, so that an old signature is worth nothing."""
    return _serializer(keys).dumps([clock.now().isoformat(), secrets.token_urlsafe(12)])


def moment_of(keys: KeyFolder, given: str) -> datetime | None:
    """Return when a challenge was given out; None if it is not ours, too old, or still to come."""
    try:
        at, _ = _serializer(keys).loads(given)
    except BadData:
        return None
    moment = datetime.fromisoformat(at)
    return moment if -clock.SKEW <= clock.now() - moment <= CHALLENGE_LASTS else None


def signs(key: bytes, challenge: str, signature: bytes) -> bool:
    """Tell whether a signature (r and s, 32 bytes each) over a challenge is the key's."""
    if len(signature) != 2 * COORDINATE:
        return False
    r, s = (int.from_bytes(half) for half in (signature[:COORDINATE], signature[COORDINATE:]))
    message = f"{SIGNED}{challenge}".encode()
    try:
        public_key(key).verify(encode_dss_signature(r, s), message, ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, NotAKey):
        return False
    return True


def tries_left(device: Device) -> int:
    """Return how many wrong PINs the tablet may still give."""
    return max(0, MOST_FAILURES - device.failures)


def charge(session: Session, device: Device) -> bool:
    """Count an attempt before it is checked; tell whether there was one left."""
    left = tries_left(device) > 0
    device.failures += 1 if left else 0
    session.flush()
    return left


def take_challenge(device: Device, at: datetime) -> bool:
    """Let a challenge count once: none of its moment or before is taken again.

    A last one that is still to come was taken while the clock was wrong, and says nothing.
    """
    last = device.last_challenge_at
    if last and at <= last <= clock.now() + clock.SKEW:
        return False
    device.last_challenge_at = at
    return True


def set_pin(keys: KeyFolder, device: Device, pin: str) -> None:
    """Give a tablet its PIN."""
    device.pin_hash = hash_pin(keys, device, pin)
    device.pin_open_until, device.failures = None, 0


def hash_pin(keys: KeyFolder, device: Device, pin: str) -> str:
    """Return the form in which a PIN may be stored, which is another on every tablet."""
    return hash_password(keys, f"{device.id}:{pin}", privileged=False)


def is_pin(keys: KeyFolder, device: Device, pin: str) -> bool:
    """Tell whether a PIN is the tablet's."""
    return check_password(keys, device.pin_hash, f"{device.id}:{pin}")


def let_in(session: Session, device: Device, pin_hash: str) -> None:
    """Forget what was tried in vain and end what was open on the tablet before."""
    device.pin_hash, device.pin_open_until, device.failures = pin_hash, None, 0
    device.used_at = clock.now()
    _end_sign_ins(session, device)


def may_choose_pin(device: Device) -> bool:
    """Tell whether the office lets the tablet choose a new PIN now."""
    return device.pin_open_until is not None and device.pin_open_until > clock.now()


def open_pin(device: Device) -> None:
    """Let a tablet choose a new PIN for some minutes; the old one opens no more."""
    device.pin_hash, device.failures = "", 0
    device.pin_open_until = clock.now() + PIN_OPEN


def end(session: Session, device: Device) -> None:
    """End a tablet and what is open on it."""
    device.ended_at = device.ended_at or clock.now()
    _end_sign_ins(session, device)
    events.publish(session, events.person_topic(device.user.person_id), events.ACCESS)
    session.flush()


def end_all(session: Session, user: User) -> None:
    """End every tablet of a person."""
    for device in session.scalars(
        select(Device).where(Device.user_id == user.id, Device.ended_at.is_(None))
    ):
        end(session, device)


def _end_sign_ins(session: Session, device: Device) -> None:
    ended = update(SignIn).where(SignIn.device_id == device.id, SignIn.ended_at.is_(None))
    session.execute(ended.values(ended_at=clock.now()))


def digest(token: str) -> str:
    """Return the form in which a code or a tablet's token may be stored."""
    return hashlib.sha256(token.encode()).hexdigest()


def _serializer(keys: KeyFolder) -> URLSafeSerializer:
    return URLSafeSerializer(
        keys.session, salt="device challenge", signer_kwargs={"digest_method": hashlib.sha256}
    )
