"""The vault: a version's two keys, locked by its compartment's key, locked by the root key."""

from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from meetings.models import AccessLevel, Compartment, DocumentVersion, MemberKey, SecondFactor
from storage import KeyFolder, WrongKey, new_key, unwrap, wrap

MEMBERS = b"members"
"""What binds the key of the members to its use."""


class Recalled(Exception):
    """The reading key of a version was dropped by a recall."""


@dataclass(frozen=True)
class VersionKeys:
    """The two keys of a version, plain and locked."""

    storage: bytes
    reading: bytes
    wrapped_storage: bytes
    wrapped_reading: bytes


def open_compartment(
    session: Session, keys: KeyFolder, body_id: UUID, level: AccessLevel
) -> Compartment:
    """Return the compartment of a body's papers of one level, made at first use."""
    known = session.scalar(
        select(Compartment).where(Compartment.body_id == body_id, Compartment.access_level == level)
    )
    if known:
        return known
    wrapped = wrap(new_key(), by=keys.root, context=_compartment_context(body_id, level))
    compartment = Compartment(body_id=body_id, access_level=level, wrapped_key=wrapped)
    session.add(compartment)
    session.flush()
    return compartment


def new_keys(keys: KeyFolder, compartment: Compartment, version_id: UUID) -> VersionKeys:
    """Return fresh keys for a version."""
    lock = _compartment_key(keys, compartment)
    storage, reading = new_key(), new_key()
    return VersionKeys(
        storage=storage,
        reading=reading,
        wrapped_storage=wrap(storage, by=lock, context=_context(version_id, "storage")),
        wrapped_reading=wrap(reading, by=lock, context=_context(version_id, "reading")),
    )


def storage_key(keys: KeyFolder, version: DocumentVersion) -> bytes:
    """Return the key of a version's original and text."""
    lock = _compartment_key(keys, version.compartment)
    return unwrap(version.storage_key, by=lock, context=_context(version.id, "storage"))


def reading_key(keys: KeyFolder, version: DocumentVersion) -> bytes:
    """Return the key of a version's pictures and words; raise Recalled if it was dropped."""
    if version.reading_key is None:
        raise Recalled
    lock = _compartment_key(keys, version.compartment)
    return unwrap(version.reading_key, by=lock, context=_context(version.id, "reading"))


def lock_reading_key(keys: KeyFolder, version: DocumentVersion, plain: bytes) -> None:
    """Give a version the key of its pictures and words."""
    lock = _compartment_key(keys, version.compartment)
    version.reading_key = wrap(plain, by=lock, context=_context(version.id, "reading"))


def move(keys: KeyFolder, version: DocumentVersion, place: Compartment) -> None:
    """Lock a version's keys with another compartment's key."""
    storage = storage_key(keys, version)
    reading = reading_key(keys, version) if version.reading_key is not None else None
    lock = _compartment_key(keys, place)
    version.storage_key = wrap(storage, by=lock, context=_context(version.id, "storage"))
    version.compartment = place
    if reading is not None:
        lock_reading_key(keys, version, reading)


def open_by_root(keys: KeyFolder, wrapped: bytes, context: bytes) -> bytes:
    """Return what a root key wrapped; raise WrongKey where none of them did."""
    *newer, oldest = keys.roots
    for root in newer:
        with suppress(WrongKey):
            return unwrap(wrapped, by=root, context=context)
    return unwrap(wrapped, by=oldest, context=context)


def exchange_root(session: Session, keys: KeyFolder) -> int:
    """Wrap everything anew that a root key wraps, by the newest one; return how much it was."""
    count = 0
    for compartment in session.scalars(select(Compartment)):
        context = _compartment_context(compartment.body_id, compartment.access_level)
        plain = open_by_root(keys, compartment.wrapped_key, context)
        compartment.wrapped_key = wrap(plain, by=keys.root, context=context)
        count += 1
    for factor in session.scalars(select(SecondFactor)):
        context = second_factor_context(factor.user_id)
        plain = open_by_root(keys, factor.secret, context)
        factor.secret = wrap(plain, by=keys.root, context=context)
        count += 1
    for kept in session.scalars(select(MemberKey)):
        plain = open_by_root(keys, kept.wrapped_key, MEMBERS)
        kept.wrapped_key = wrap(plain, by=keys.root, context=MEMBERS)
        count += 1
    session.flush()
    return count


def open_members(session: Session, keys: KeyFolder) -> None:
    """Make the key of the members' sensitive facts, once."""
    if session.scalar(select(MemberKey)) is None:
        session.add(MemberKey(wrapped_key=wrap(new_key(), by=keys.root, context=MEMBERS)))
        session.flush()


def members_key(session: Session, keys: KeyFolder) -> bytes:
    """Return the key of the members' sensitive facts."""
    kept = session.scalars(select(MemberKey)).one()
    return open_by_root(keys, kept.wrapped_key, MEMBERS)


def second_factor_context(user_id: UUID) -> bytes:
    """Return what binds the secret of an authenticator app to its account."""
    return f"second-factor:{user_id}".encode()


def _compartment_key(keys: KeyFolder, compartment: Compartment) -> bytes:
    context = _compartment_context(compartment.body_id, compartment.access_level)
    return open_by_root(keys, compartment.wrapped_key, context)


def _compartment_context(body_id: UUID, level: AccessLevel) -> bytes:
    return f"compartment:{body_id}:{int(level)}".encode()


def _context(version_id: UUID, purpose: str) -> bytes:
    return f"version:{version_id}:{purpose}".encode()
