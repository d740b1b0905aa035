"""What a tablet sends: changes of notes, made with or without a network, each with its own id."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from meetings.models import NoteKind

MOST_AT_ONCE = 200
LONGEST_TEXT = 5000
LONGEST_QUOTE = 2000
LARGEST_SHAPE = 60_000


class Unreadable(ValueError):
    """What came is no list of changes."""


@dataclass(frozen=True)
class Place:
    """Where a note stands: on a page of a version, or at an agenda item."""

    document: UUID | None = None
    version: UUID | None = None
    item: UUID | None = None
    page: int | None = None


@dataclass(frozen=True)
class Operation:
    """A change of a note; the base is the revision that the tablet had changed."""

    id: UUID
    mark: UUID
    kind: NoteKind
    place: Place = field(default_factory=Place)
    base: int = 0
    shape: dict[str, Any] = field(default_factory=dict)
    quote: str = ""
    text: str = ""
    deleted: bool = False


def read(sent: str) -> Sequence[Operation]:
    """Return the changes that a tablet sent; raise Unreadable if these are none."""
    try:
        listed = json.loads(sent)
        if not isinstance(listed, list) or len(listed) > MOST_AT_ONCE:
            raise Unreadable
        return [_operation(one) for one in listed]
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as error:
        raise Unreadable from error


def _operation(one: dict[str, Any]) -> Operation:
    shape = one.get("shape") or {}
    if not isinstance(shape, dict) or len(json.dumps(shape)) > LARGEST_SHAPE:
        raise Unreadable
    return Operation(
        id=UUID(one["op"]),
        mark=UUID(one["mark"]),
        kind=NoteKind(one["kind"]),
        place=_place(one),
        base=int(one.get("base") or 0),
        shape=shape,
        quote=_words(one.get("quote"), LONGEST_QUOTE),
        text=_words(one.get("text"), LONGEST_TEXT),
        deleted=one.get("deleted") is True,
    )


def _place(one: dict[str, Any]) -> Place:
    named = {name: one.get(name) for name in ("document", "version", "item")}
    rows = {name: UUID(value) if value else None for name, value in named.items()}
    page = one.get("page")
    return Place(**rows, page=int(page) if page else None)


def _words(value: str | None, most: int) -> str:
    kept = "".join(c for c in value or "" if c in "\n\t" or c.isprintable())
    return kept.strip()[:most]
