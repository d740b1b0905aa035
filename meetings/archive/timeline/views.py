"""The picture of what became of a document, drawn on the server, with a table beneath."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template

from meetings.archive.timeline.queries import Step, steps_of
from meetings.documents.forms import RELATIONS
from meetings.models import Document
from meetings.policy import Permission
from meetings.web.context import person_asking, session
from meetings.web.pages import Pages

ROW, TOP = 96, 48
"""The height of a document in the picture, and of the room above the first one."""
LANE, LEFT, TEXT = 34, 106, 244
"""The width of a column, and where columns and texts begin."""
LETTERS, LINES = 46, 2


@dataclass(frozen=True)
class Spot:
    """Where a document stands in the picture, and its title in lines."""

    step: Step
    x: int
    y: int
    lines: Sequence[str]


@dataclass(frozen=True)
class Picture:
    """The whole picture: spots, the lines between them, its height."""

    spots: Sequence[Spot]
    curves: Sequence[str]
    height: int


def timeline(document: Document) -> str:
    """Show what became of a document."""
    steps, more = steps_of(session(), document, by=person_asking())
    return render_template(
        "archive/timeline.html",
        document=document,
        steps=steps,
        more=more,
        picture=draw(steps),
        relations=RELATIONS,
        left=TEXT,
    )


def draw(steps: Sequence[Step]) -> Picture:
    """Place documents below each other in the order of time, and lines from each to its objects."""
    spots = {
        step.document.id: Spot(step, LEFT + LANE * step.lane, TOP + ROW * row, _lines(step))
        for row, step in enumerate(steps)
    }
    curves = [
        _curve(spot, spots[target.id])
        for spot in spots.values()
        for _kind, target in spot.step.does
    ]
    return Picture(list(spots.values()), curves, TOP + ROW * len(steps))


def _curve(start: Spot, end: Spot) -> str:
    """Return a line that leaves a spot upwards in its own column and bends into the other's."""
    bend = end.y + (ROW // 2 if end.y < start.y else -ROW // 2)
    return f"M{start.x} {start.y}V{bend}Q{start.x} {end.y} {end.x} {end.y}"


def _lines(step: Step) -> Sequence[str]:
    return textwrap.wrap(step.document.title, LETTERS, max_lines=LINES, placeholder=" …")


def register(pages: Pages) -> None:
    """Add the route of the picture."""
    pages.get("/documents/<uuid:document>/timeline", needs=Permission.DOCUMENT_FACTS)(timeline)
