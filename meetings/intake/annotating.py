"""Lay notes on the pages of a PDF, as annotations that any reader shows; runs in the sandbox.

A note is `{"page", "kind", "shape", "text", "written"}`, its shape as the tablet drew it: places
are whole numbers, ten thousand to a side of the page as it is shown; moments are ISO 8601, UTC.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import accumulate, chain
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name

from meetings.intake.shown import Shown, shown

SIDE = 10_000
INK, YELLOW = (0.70, 0.07, 0.11), (1.0, 0.93, 0.6)
LINE_WIDTH, PIN = 1.5, 20
FAR = 100_000  # from the corner of a page: what is farther, or no number, was not drawn
PRINTED = 4  # the flag by which an annotation is printed with its page

Point = tuple[float, float]
Facts = Mapping[str, Any]


class Drawn(NamedTuple):
    """What an annotation is: its kind and facts, and what shows it in every reader."""

    subtype: str
    points: Sequence[Point]
    facts: dict[str, Any]
    look: str


def annotate(pdf: pikepdf.Pdf, notes: Iterable[Facts]) -> int:
    """Add notes to their pages and return how many; a shape that no tool of ours draws is left."""
    added = 0
    for note in notes:
        page = pdf.pages[note["page"] - 1] if 1 <= note["page"] <= len(pdf.pages) else None
        drawn = _drawn(note, shown(page)) if page else None
        if page and drawn:
            if "/Annots" not in page.obj:
                page.obj.Annots = Array()
            page.obj.Annots.append(pdf.make_indirect(_annotation(pdf, note, drawn)))
            added += 1
    return added


def _drawn(note: Facts, view: Shown) -> Drawn | None:
    try:
        drawn = _WAYS[note["kind"]](note["shape"], view)
    except (KeyError, TypeError, ValueError, IndexError):
        return None
    return drawn if drawn and all(abs(part) < FAR for part in chain(*drawn.points)) else None


def _annotation(pdf: pikepdf.Pdf, note: Facts, drawn: Drawn) -> Dictionary:
    across, up = zip(*drawn.points, strict=True)
    box = [min(across) - LINE_WIDTH, min(up) - LINE_WIDTH]
    box += [max(across) + LINE_WIDTH, max(up) + LINE_WIDTH]
    made = Dictionary(
        Type=Name.Annot,
        Subtype=Name(drawn.subtype),
        Rect=Array(box),
        F=PRINTED,
        Contents=pikepdf.String(note["text"]),
        M=pikepdf.String(f"D:{datetime.fromisoformat(note['written']):%Y%m%d%H%M%S}Z"),
        **drawn.facts,
    )
    if drawn.look:
        made.AP = Dictionary(N=_appearance(pdf, box, drawn.look))
    return made


def _appearance(pdf: pikepdf.Pdf, box: Sequence[float], look: str) -> pikepdf.Object:
    """Return the picture of an annotation; multiplied, so that the words below stay black."""
    blending = Dictionary(Multiplied=Dictionary(BM=Name.Multiply))
    facts = Dictionary(
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array(box),
        Resources=Dictionary(ExtGState=blending),
    )
    return pdf.make_indirect(pdf.make_stream(f"/Multiplied gs {look}".encode(), facts))


def _ink(shape: Facts, view: Shown) -> Drawn | None:
    lines = [[view.point(x / SIDE, y / SIDE) for x, y in _places(line)] for line in shape["lines"]]
    lines = [line for line in lines if line]
    if not lines:
        return None
    facts = {
        "InkList": Array([Array([part for point in line for part in point]) for line in lines]),
        "C": Array(INK),
        "BS": Dictionary(W=LINE_WIDTH),
    }
    strokes = " ".join(f"{_path(line)} S" for line in lines)
    look = f"{_numbers(INK)} RG {LINE_WIDTH} w 1 J 1 j {strokes}"
    return Drawn("/Ink", [point for line in lines for point in line], facts, look)


def _highlight(shape: Facts, view: Shown) -> Drawn | None:
    corners = [list(_corners(rect, view)) for rect in shape["rects"]]
    if not corners:
        return None
    points = [point for four in corners for point in four]
    facts = {
        "QuadPoints": Array([part for point in points for part in point]),
        "C": Array(YELLOW),
    }
    areas = " ".join(f"{_path([one, two, four, three])} f" for one, two, three, four in corners)
    return Drawn("/Highlight", points, facts, f"{_numbers(YELLOW)} rg {areas}")


def _pin(shape: Facts, view: Shown) -> Drawn:
    x, y = view.point(shape["x"] / SIDE, shape["y"] / SIDE)
    return Drawn(
        "/Text", [(x, y - PIN), (x + PIN, y)], {"Name": Name.Comment, "C": Array(YELLOW)}, ""
    )


_WAYS: Mapping[str, Callable[[Facts, Shown], Drawn | None]] = {
    "ink": _ink,
    "highlight": _highlight,
    "text": _pin,
}


def _places(line: Sequence[float]) -> Iterator[Point]:
    """Yield the points of a stroke: the first is a place, each other a step from the one before."""
    return zip(accumulate(line[::2]), accumulate(line[1::2]), strict=False)


def _corners(rect: Sequence[float], view: Shown) -> Iterator[Point]:
    """Yield the corners of a rectangle as a highlight lists them: the upper two, the lower two."""
    left, top, width, height = (part / SIDE for part in rect)
    for down in (top, top + height):
        for across in (left, left + width):
            yield view.point(across, down)


def _path(points: Sequence[Point]) -> str:
    first, *others = (f"{x:.2f} {y:.2f}" for x, y in points)
    return " ".join([f"{first} m", *(f"{other} l" for other in others or [first])])


def _numbers(colour: Sequence[float]) -> str:
    return " ".join(f"{part:.2f}" for part in colour)
