"""Strokes that belong to words: underlined, circled, struck through, marked in the margin."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import groupby, pairwise

from meetings.reader.moving.words import Box, Span

SIDE = 10_000
"""Places of strokes are whole numbers, ten thousand to a side of the page."""
REACH = 0.9
"""So many heights of a line may a stroke lie beneath the words that it underlines."""

Point = tuple[float, float]


class Drawn(Enum):
    """How a stroke belongs to words."""

    ACROSS = "across"
    """Under them or through them."""
    AROUND = "around"
    BESIDE = "beside"


@dataclass(frozen=True)
class Anchor:
    """The words that a stroke belongs to, and how."""

    drawn: Drawn
    span: Span


@dataclass(frozen=True)
class Frame:
    """A rectangle in parts of the page."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Return how wide it is."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Return how high it is."""
        return self.bottom - self.top


def points_of(line: Sequence[float]) -> list[Point]:
    """Return the points of a stroke that is kept as a first point and the steps after it."""
    across, down = 0.0, 0.0
    points = []
    for x, y in zip(line[::2], line[1::2], strict=False):
        across, down = across + x, down + y
        points.append((across / SIDE, down / SIDE))
    return points


def line_of(points: Sequence[Point]) -> list[int]:
    """Return points as a first point and the steps after it."""
    whole = [(round(x * SIDE), round(y * SIDE)) for x, y in points]
    line = [*whole[0]]
    for (x, y), (next_x, next_y) in pairwise(whole):
        line += [next_x - x, next_y - y]
    return line


def frame_of(points: Sequence[Point]) -> Frame:
    """Return the rectangle around points."""
    xs, ys = zip(*points, strict=True)
    return Frame(min(xs), min(ys), max(xs), max(ys))


def around(boxes: Sequence[Box]) -> Frame:
    """Return the rectangle around words."""
    return Frame(
        min(box.x for box in boxes),
        min(box.y for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def anchor(lines: Sequence[Sequence[float]], page: int, words: Sequence[Box]) -> Anchor | None:
    """Return the words that strokes belong to; None for a drawing that stands by itself."""
    points = [point for line in lines for point in points_of(line)]
    if not points or not words:
        return None
    frame = frame_of(points)
    tall = sorted(word.h for word in words)[len(words) // 2]
    for drawn, found in (
        (Drawn.ACROSS, _crossed(frame, words, tall)),
        (Drawn.BESIDE, _beside(frame, words, tall)),
        (Drawn.AROUND, _circled(frame, words)),
    ):
        if found and found == list(range(found[0], found[-1] + 1)):
            return Anchor(drawn, Span(page, found[0], found[-1]))
    return None


def _crossed(frame: Frame, words: Sequence[Box], tall: float) -> list[int]:
    """Return the words of the one line under or through which a flat stroke goes."""
    if frame.height > tall or frame.width < 2 * frame.height:
        return []
    middle = (frame.top + frame.bottom) / 2

    def far(word: Box) -> float:
        return max(word.y - middle, middle - word.bottom, 0.0)

    over = [
        at
        for at, word in enumerate(words)
        if min(frame.right, word.right) - max(frame.left, word.x) > word.w / 2
        and word.y < middle < word.bottom + REACH * word.h
    ]
    if not over:
        return []
    nearest = words[min(over, key=lambda at: far(words[at]))]
    return [at for at in over if _on_a_line(words[at], nearest)]


def _beside(frame: Frame, words: Sequence[Box], tall: float) -> list[int]:
    """Return the words of the lines along which an upright stroke goes in the margin."""
    if frame.height < max(tall, 2 * frame.width):
        return []
    text = around(words)
    middle = (frame.left + frame.right) / 2
    if text.left < middle < text.right and _circled(frame, words):
        return []
    return [at for at, word in enumerate(words) if frame.top < word.middle < frame.bottom]


def _circled(frame: Frame, words: Sequence[Box]) -> list[int]:
    return [
        at
        for at, word in enumerate(words)
        if frame.top < word.middle < frame.bottom and frame.left < word.x + word.w / 2 < frame.right
    ]


def _on_a_line(one: Box, other: Box) -> bool:
    return one.y < other.middle < one.bottom


def rows(boxes: Sequence[Box]) -> list[list[int]]:
    """Return the places of words line by line."""
    found: list[list[int]] = []
    for at, box in enumerate(boxes):
        last = boxes[found[-1][-1]] if found else None
        if last and _on_a_line(box, last) and box.x >= last.x:
            found[-1].append(at)
        else:
            found.append([at])
    return found


def moved(
    lines: Sequence[Sequence[float]], drawn: Drawn, old: Sequence[Box], new: Sequence[Box]
) -> list[list[int]]:
    """Return strokes as they belong to the same words at their new places."""
    strokes = [points_of(line) for line in lines]
    if drawn is Drawn.BESIDE:
        return [line_of(_along(stroke, around(old), around(new))) for stroke in strokes]
    if len(rows(old)) == len(rows(new)) == 1:
        return [line_of(_carried(stroke, around(old), around(new))) for stroke in strokes]
    return [line_of(part) for stroke in strokes for part in _divided(stroke, old, new)]


def _along(stroke: Sequence[Point], old: Frame, new: Frame) -> list[Point]:
    """Move a stroke in the margin: as high as the lines now are, as far from them as before."""
    scale = new.height / old.height if old.height else 1.0
    edge = (
        new.left - old.left if stroke[0][0] < (old.left + old.right) / 2 else new.right - old.right
    )
    return [_within(x + edge, new.top + (y - old.top) * scale) for x, y in stroke]


def _carried(stroke: Sequence[Point], old: Frame, new: Frame) -> list[Point]:
    across = new.width / old.width if old.width else 1.0
    down = new.height / old.height if old.height else 1.0
    return [
        _within(new.left + (x - old.left) * across, new.top + (y - old.top) * down)
        for x, y in stroke
    ]


def _divided(
    stroke: Sequence[Point], old: Sequence[Box], new: Sequence[Box]
) -> Iterator[list[Point]]:
    """Yield the parts of a stroke, each at those of its words that share a line before and now."""
    row_then = {at: n for n, row in enumerate(rows(old)) for at in row}
    row_now = {at: n for n, row in enumerate(rows(new)) for at in row}

    def part(point: Point) -> tuple[int, int]:
        at = _nearest(point, old)
        return row_then[at], row_now[at]

    for key, points in groupby(stroke, part):
        mine = [at for at in row_then if (row_then[at], row_now[at]) == key]
        frames = (around([boxes[at] for at in mine]) for boxes in (old, new))
        yield _carried(list(points), *frames)


def _nearest(point: Point, words: Sequence[Box]) -> int:
    x, y = point

    def far(at: int) -> float:
        word = words[at]
        across = max(word.x - x, 0.0, x - word.right)
        down = max(word.y - y, 0.0, y - word.bottom)
        return across + 4 * down

    return min(range(len(words)), key=far)


def _within(x: float, y: float) -> Point:
    return min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0)
