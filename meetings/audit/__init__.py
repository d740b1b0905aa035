"""The audit: a ledger that is only added to, and signed heads of it that leave the machine."""

from meetings.audit.ledger import Deed, broken, digest, record

__all__ = ["Deed", "broken", "digest", "record"]
