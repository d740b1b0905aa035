"""Find regions of ink on a picture, each with the smallest rectangle about it, however tilted."""

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

Mask = NDArray[np.bool_]
Points = NDArray[np.float64]

ACROSS = 420  # cells of the page's width; one is half a millimetre of A4
INKED = 0.08  # of a cell
ANGLES = range(0, 90, 2)
ALIKE = 5.0  # cells
SAMPLE = 1500  # points of a region that are turned
MOST = 6000  # runs; a page with more is noise


class Region(NamedTuple):
    """A tilted rectangle in cells: its middle, its long and its short side, the angle of the long.

    Angles are degrees, counted as the clock runs.
    """

    x: float
    y: float
    length: float
    breadth: float
    angle: float
    ink: int

    def half_turned(self, down: float) -> "Region":
        """Return where it lies on a page of so many cells down that stands on its head."""
        return self._replace(x=ACROSS - self.x, y=down - self.y)

    def is_much_like(self, other: "Region") -> bool:
        """Tell whether another rectangle lies in the same place and is about as large."""
        sides = zip(self[:4], other[:4], strict=True)
        return all(abs(mine - its) <= ALIKE for mine, its in sides)


def cells(ink: Mask) -> Mask:
    """Return which cells of the page bear ink."""
    height, width = ink.shape
    size = (ACROSS, max(1, round(height * ACROSS / width)))
    picture = Image.fromarray(ink.astype(np.uint8) * 255)
    reduced = picture.resize(size, Image.Resampling.BOX)
    found: Mask = np.asarray(reduced) > 255 * INKED
    return found


def regions(marked: Mask, *, joined: int = 5) -> list[Region]:
    """Return the regions of marked cells, those closer than so many cells joined to one."""
    wide = Image.fromarray(marked.astype(np.uint8) * 255).filter(ImageFilter.MaxFilter(joined))
    labels = labelled(np.asarray(wide) > 0)
    at_rows, at_columns = np.nonzero(marked)
    of_points = labels[at_rows, at_columns]
    order = np.argsort(of_points, kind="stable")
    ends = np.nonzero(np.diff(of_points[order]))[0] + 1
    groups = np.split(order, ends)
    return [
        _enclosed(np.stack((at_columns[group], at_rows[group]), axis=1).astype(np.float64))
        for group in groups
        if len(group)
    ]


def _enclosed(points: Points) -> Region:
    count = len(points)
    points = points[:: max(1, count // SAMPLE)]
    best = min((_rectangle(points, angle) for angle in ANGLES), key=lambda r: r[2] * r[3])
    x, y, across, down, angle = best
    if across >= down:
        return Region(x, y, across, down, angle, count)
    return Region(x, y, down, across, angle - 90, count)


def _rectangle(points: Points, angle: int) -> tuple[float, float, float, float, float]:
    cosine, sine = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    along = points[:, 0] * cosine + points[:, 1] * sine
    aside = points[:, 1] * cosine - points[:, 0] * sine
    left, right, top, bottom = along.min(), along.max(), aside.min(), aside.max()
    middle, level = (left + right) / 2, (top + bottom) / 2
    x, y = middle * cosine - level * sine, middle * sine + level * cosine
    return float(x), float(y), float(right - left + 1), float(bottom - top + 1), float(angle)


def labelled(mask: Mask) -> NDArray[np.int32]:
    """Return a number for each cell, the same for cells that hang together."""
    labels = np.zeros(mask.shape, np.int32)
    parents = [0]
    before: list[tuple[int, int, int]] = []
    for row, line in enumerate(mask):
        runs = []
        for start, end in _runs(line):
            touching = {_root(parents, n) for s, e, n in before if s <= end and e >= start}
            label = min(touching, default=0)
            if not touching:
                label = len(parents)
                parents.append(label)
            for other in touching:
                parents[other] = label
            labels[row, start:end] = label
            runs.append((start, end, label))
        before = runs
        if len(parents) > MOST:
            break
    roots = np.array([_root(parents, label) for label in range(len(parents))], np.int32)
    return roots[labels]


def _runs(line: Mask) -> Iterator[tuple[int, int]]:
    steps = np.diff(np.concatenate(([0], line.astype(np.int8), [0])))
    yield from zip(
        np.nonzero(steps == 1)[0].tolist(), np.nonzero(steps == -1)[0].tolist(), strict=True
    )


def _root(parents: list[int], label: int) -> int:
    while parents[label] != label:
        label = parents[label]
    return label
