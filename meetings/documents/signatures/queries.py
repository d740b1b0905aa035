"""What the signatures of a version say, ready to be told."""

from collections.abc import Iterator
from contextlib import suppress

from meetings.intake.signatures import Outcome, Signature
from meetings.models import DocumentVersion

GRAVITY = (
    Outcome.INVALID,
    Outcome.UNDETERMINED,
    Outcome.VALID_AT_SIGNING,
    Outcome.VALID,
)


def signatures_in(version: DocumentVersion | None) -> list[Signature] | None:
    """Return the signatures of a version in the order they were made, None if not verified."""
    if version is None or version.signatures is None:
        return None
    return list(_read(version.signatures))


def gravest(signatures: list[Signature] | None) -> Outcome | None:
    """Return the verdict that a reader is told first, None where nothing is signed."""
    verdicts = {signature.verdict for signature in signatures or ()}
    return next((outcome for outcome in GRAVITY if outcome in verdicts), None)


def _read(kept: list[dict[str, object]]) -> Iterator[Signature]:
    for values in kept:
        with suppress(ValueError):  # written by an older program
            yield Signature.from_json(values)
