"""What one electronic signature of a PDF says, and the verdict on it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any


class Integrity(StrEnum):
    """Whether the signed bytes are those that were signed."""

    INTACT = "intact"
    BROKEN = "broken"
    UNREADABLE = "unreadable"


class Coverage(StrEnum):
    """How much of the file is signed; a revision is the file as it was when signed."""

    WHOLE = "whole"
    REVISION = "revision"
    PART = "part"
    UNCLEAR = "unclear"


class Changes(StrEnum):
    """What was changed after signing, by its gravest change."""

    NONE = "none"
    FORM = "form"
    ANNOTATION = "annotation"
    CONTENT = "content"
    UNKNOWN = "unknown"


class TimeSource(StrEnum):
    """Who says when it was signed."""

    TIME_STAMP = "time_stamp"
    CLOCK = "clock"
    NONE = "none"


class Strength(StrEnum):
    """Whether the algorithms still resist forgery."""

    STRONG = "strong"
    WEAK = "weak"
    UNKNOWN = "unknown"


class Trust(StrEnum):
    """Whether the certificate leads to a root that the house trusts."""

    TRUSTED = "trusted"
    UNTRUSTED = "untrusted"
    UNKNOWN = "unknown"


class Revocation(StrEnum):
    """Whether the certificate was taken back, as far as the file itself proves it."""

    GOOD = "good"
    GOOD_AT_SIGNING = "good_at_signing"
    UNKNOWN = "unknown"


class Outcome(StrEnum):
    """The verdict on a signature."""

    VALID = "valid"
    VALID_AT_SIGNING = "valid_at_signing"
    UNDETERMINED = "undetermined"
    INVALID = "invalid"


UNHARMED = {Changes.NONE, Changes.FORM}
COVERED = {Coverage.WHOLE, Coverage.REVISION}
PROVEN = {
    Revocation.GOOD: Outcome.VALID,
    Revocation.GOOD_AT_SIGNING: Outcome.VALID_AT_SIGNING,
    Revocation.UNKNOWN: Outcome.UNDETERMINED,
}
MOMENTS = {"signed_at", "claimed_at", "valid_from", "valid_to"}


@dataclass(frozen=True, kw_only=True)
class Signature:
    """One signature; a field that could not be read is empty.

    The clock of the signer's machine claims a time; a time-stamp, where there is one, outranks it.
    """

    field: str = ""
    signer: str = ""
    organisation: str = ""
    email: str = ""
    signed_at: datetime | None = None
    claimed_at: datetime | None = None
    time_source: TimeSource = TimeSource.NONE
    serial: str = ""
    issuer: str = ""
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    algorithm: str = ""
    strength: Strength = Strength.UNKNOWN
    integrity: Integrity = Integrity.UNREADABLE
    coverage: Coverage = Coverage.UNCLEAR
    bytes_after: int = 0
    changes: Changes = Changes.UNKNOWN
    trust: Trust = Trust.UNKNOWN
    revocation: Revocation = Revocation.UNKNOWN

    @property
    def verdict(self) -> Outcome:
        """Return the verdict: never valid where trust or revocation is unknown."""
        if self.integrity is Integrity.BROKEN or self.changes is Changes.CONTENT:
            return Outcome.INVALID
        doubts = (
            self.integrity is not Integrity.INTACT,
            self.coverage not in COVERED,
            self.changes not in UNHARMED,
            self.trust is not Trust.TRUSTED,
            self.strength is not Strength.STRONG,
        )
        return Outcome.UNDETERMINED if any(doubts) else PROVEN[self.revocation]

    def to_json(self) -> dict[str, Any]:
        """Return the signature as JSON's own types, with its verdict."""
        said = asdict(self)
        for name in MOMENTS:
            said[name] = said[name] and said[name].isoformat()
        return {**said, "verdict": self.verdict}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> "Signature":
        """Read a signature back; raise ValueError for anything that is not one."""
        try:
            return cls(**{name: _READ[name](values[name]) for name in _READ})
        except (KeyError, TypeError, AttributeError, OverflowError) as error:
            message = f"not a signature: {error!r}"
            raise ValueError(message) from error


def _moment(said: str | None) -> datetime | None:
    return None if said is None else datetime.fromisoformat(said)


_KINDS: dict[str, Any] = {
    "time_source": TimeSource,
    "strength": Strength,
    "integrity": Integrity,
    "coverage": Coverage,
    "changes": Changes,
    "trust": Trust,
    "revocation": Revocation,
    "bytes_after": int,
    **dict.fromkeys(MOMENTS, _moment),
}
_READ: dict[str, Any] = {field.name: _KINDS.get(field.name, str) for field in fields(Signature)}
