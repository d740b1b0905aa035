"""Electronic signatures of a PDF: what they say, whether they hold, what came after them."""

from meetings.intake.signatures.seen import is_signed
from meetings.intake.signatures.signature import (
    Changes,
    Coverage,
    Integrity,
    Outcome,
    Revocation,
    Signature,
    Strength,
    TimeSource,
    Trust,
)

__all__ = [
    "Changes",
    "Coverage",
    "Integrity",
    "Outcome",
    "Revocation",
    "Signature",
    "Strength",
    "TimeSource",
    "Trust",
    "is_signed",
]
