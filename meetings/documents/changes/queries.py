"""Two versions of a document side by side: which they are, and what differs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from meetings.documents.queries import page_text, pages_of
from meetings.installation import Installation
from meetings.intake.comparison import Comparison, compare
from meetings.models import DocumentVersion

LONGEST = 3_000_000  # characters of both together: more keeps a person waiting too long


@dataclass(frozen=True)
class Compared:
    """Two versions, what differs, and the pages of the older one."""

    old: DocumentVersion
    new: DocumentVersion
    comparison: Comparison | None
    """None where a text is not there yet, or too long."""
    old_pages: Mapping[int, UUID]


def chosen(
    versions: Sequence[DocumentVersion], old: int | None, new: int | None
) -> tuple[DocumentVersion, DocumentVersion] | None:
    """Return the two versions asked for, else the newest and the one before it."""
    numbers = {version.number: version for version in versions}
    later = numbers.get(new or max(numbers, default=0))
    before = [number for number in numbers if later and number < later.number]
    earlier = numbers.get(old or max(before, default=0))
    if later is None or earlier is None or earlier.number >= later.number:
        return None
    return earlier, later


def compared(
    session: Session, installation: Installation, old: DocumentVersion, new: DocumentVersion
) -> Compared:
    """Return what differs between two versions."""
    pages = pages_of(session, old), pages_of(session, new)
    texts = [[page_text(installation, page) for page in side] for side in pages]
    length = sum(len(text) for side in texts for text in side)
    fits = all(texts) and length <= LONGEST
    found = compare(*texts) if fits else None
    return Compared(old, new, found, {page.number: page.id for page in pages[0]})
