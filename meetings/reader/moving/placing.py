"""A note of an old version as it is kept for a new one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from meetings.models import NoteKind
from meetings.reader.moving.strokes import SIDE, anchor, around, moved, rows
from meetings.reader.moving.words import Box, Moves, Span, plain

AWAY = 0.15
"""A typed note that stands farther than this part of a page from all words belongs to none."""
BESIDE_PIN = 2


@dataclass(frozen=True)
class Placed:
    """A page of the new version and what is drawn there."""

    page: int
    shape: dict[str, Any]


def place(
    moves: Moves, kind: NoteKind, page: int, shape: Mapping[str, Any], quote: str
) -> Placed | None:
    """Return where a note stands in the new version; None where its words are not the same."""
    if not 1 <= page <= len(moves.old.pages):
        return None
    try:
        return _PLACERS[kind](moves, page, shape, quote)
    except (KeyError, TypeError, ValueError, IndexError):
        return None  # a shape that no tool of ours draws


def _highlight(moves: Moves, page: int, shape: Mapping[str, Any], quote: str) -> Placed | None:
    span = Span(page, int(shape["from"]), int(shape["to"]))
    if moves.old.place(span) is None or not _says(moves.old.boxes(span), quote):
        return None
    there = moves.to(span)
    if there is None:
        return None
    facts = {"from": there.first, "to": there.last, "rects": rects(moves.new.boxes(there))}
    return Placed(there.page, {**shape, **facts})


def _ink(moves: Moves, page: int, shape: Mapping[str, Any], _quote: str) -> Placed | None:
    held = anchor(shape["lines"], page, moves.old.pages[page - 1])
    there = moves.to(held.span) if held else None
    if held is None or there is None:
        return None
    lines = moved(shape["lines"], held.drawn, moves.old.boxes(held.span), moves.new.boxes(there))
    facts = {"from": there.first, "to": there.last, "lines": lines}
    return Placed(there.page, {**shape, **facts})


def _pin(moves: Moves, page: int, shape: Mapping[str, Any], _quote: str) -> Placed | None:
    """Move a typed note with the words nearest to it."""
    x, y = shape["x"] / SIDE, shape["y"] / SIDE
    words = moves.old.pages[page - 1]

    def far(at: int) -> float:
        word = words[at]
        across = max(word.x - x, 0.0, x - word.right)
        down = max(word.y - y, 0.0, y - word.bottom)
        return float(across + 4 * down)

    nearest = min(range(len(words)), key=far)
    if far(nearest) > AWAY:
        return None
    first, last = max(0, nearest - BESIDE_PIN), min(len(words) - 1, nearest + BESIDE_PIN)
    there = moves.to(Span(page, first, last))
    if there is None:
        return None
    old, new = words[nearest], moves.new.boxes(there)[nearest - first]
    spot = {"x": _whole(x + new.x - old.x), "y": _whole(y + new.y - old.y)}
    return Placed(there.page, {**shape, **spot})


_PLACERS = {NoteKind.HIGHLIGHT: _highlight, NoteKind.INK: _ink, NoteKind.TEXT: _pin}


def rects(boxes: Sequence[Box]) -> list[list[int]]:
    """Return a rectangle for each line of some words."""
    frames = [around([boxes[at] for at in row]) for row in rows(boxes)]
    return [
        [_whole(frame.left), _whole(frame.top), _whole(frame.width), _whole(frame.height)]
        for frame in frames
    ]


def _says(boxes: Sequence[Box], quote: str) -> bool:
    return plain(" ".join(box.text for box in boxes)) == plain(quote)


def _whole(part: float) -> int:
    return round(min(max(part, 0.0), 1.0) * SIDE)
