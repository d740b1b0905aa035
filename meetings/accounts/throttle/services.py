"""Counting what was tried in vain, for each account and device; a hall shares one address.

An attempt is charged before it is checked, so that a hundred sent at once are not a hundred free.
A device that was let in before has a count of its own: whoever guesses from elsewhere slows down
himself and other strangers, never the account's owner.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from meetings import clock
from meetings.models import Throttle
from search_index import fold
from storage import KeyFolder

FREE_ATTEMPTS = 5
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=24)
STRANGERS = ""


@dataclass(frozen=True)
class Door:
    """An account as tried from a device, both as digests."""

    account: str
    device: str


def door(keys: KeyFolder, username: str, device: str) -> Door:
    """Return the door of an account name for a device's token, which may be empty."""
    name = f"throttle:{fold(username.strip())}".encode()
    account = hmac.digest(keys.pepper, name, hashlib.sha256).hex()
    return Door(account, hashlib.sha256(device.encode()).hexdigest() if device else STRANGERS)


def charge(session: Session, tried: Door) -> timedelta:
    """Count an attempt and return nothing, or count none and return how long to wait."""
    row = _row(session, tried)
    now = clock.now()
    if row.blocked_until > now:
        # beyond the longest wait the clock was set back since
        row.blocked_until = min(row.blocked_until, now + LONGEST_WAIT)
        return row.blocked_until - now
    if now - row.last_at > FORGOTTEN_AFTER:
        row.failures = 0
    row.failures, row.last_at = row.failures + 1, now
    row.blocked_until = now + wait_after(row.failures)
    return timedelta()


def wait_after(failures: int) -> timedelta:
    """Return how long the next attempt has to wait after so many failures."""
    beyond = failures - FREE_ATTEMPTS
    if beyond < 0:
        return timedelta()
    doubled: int = 2 ** min(beyond, 20)
    return min(FIRST_WAIT * doubled, LONGEST_WAIT)


def open_to(session: Session, tried: Door, device: str) -> None:
    """Forget the failures of a door that the right words opened, and know the device from now."""
    session.delete(_row(session, tried))
    session.flush()
    mark = hashlib.sha256(device.encode()).hexdigest()
    now = clock.now()
    session.merge(
        Throttle(account=tried.account, device=mark, failures=0, last_at=now, blocked_until=now)
    )


def forget_old(session: Session) -> None:
    """Drop the counts of strangers that no longer say anything."""
    limit = clock.now() - FORGOTTEN_AFTER
    session.execute(delete(Throttle).where(Throttle.device == STRANGERS, Throttle.last_at < limit))


def _row(session: Session, tried: Door) -> Throttle:
    known: Throttle | None = session.get(Throttle, (tried.account, tried.device))
    if known is None:
        known = session.get(Throttle, (tried.account, STRANGERS))
    if known is None:
        now = clock.now()
        known = Throttle(
            account=tried.account, device=STRANGERS, failures=0, last_at=now, blocked_until=now
        )
        session.add(known)
        session.flush()
    return known
