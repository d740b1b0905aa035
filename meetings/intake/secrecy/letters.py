"""The letters of the word that every mark of secrecy ends with, as strokes and as what is blank.

Lengths are in heights of a capital; the middle of the second letter is the origin, and y grows
upwards from the middle of the letters' height.
"""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]

APART = 0.07  # from one point of a stroke to the next
GRID, AROUND = 0.14, 0.2  # from one blank point to the next; from a stroke to the nearest of them
BASE = 0.5  # below the origin


class Style(NamedTuple):
    """How wide the letters are, and how far the first and the last stand from the second."""

    first: float
    second: float
    last: float
    before: float
    after: float


STYLES = (
    Style(0.62, 0.72, 0.66, 0.9, 0.9),
    Style(0.88, 0.82, 0.70, 1.11, 0.95),
    Style(1.02, 0.85, 0.74, 1.27, 1.05),
    Style(0.62, 0.72, 0.66, 1.8, 1.8),
    Style(0.88, 0.82, 0.70, 1.5, 1.35),
    Style(1.02, 0.85, 0.74, 1.65, 1.43),
)
"""Narrow, upright and broad letters, set close and spaced."""


MARKS = range(6, 8)
"""The strokes above and below the second letter, which are the first that are lost."""


class Word(NamedTuple):
    """Points of each stroke, and points that are blank inside each letter."""

    strokes: tuple[Points, ...]
    blanks: tuple[Points, ...]


def word(style: Style) -> Word:
    """Return the word in a style."""
    strokes: list[Points] = []
    blanks: list[Points] = []
    lines = (_first(style.first), _second(style.second), _last(style.last))
    middles = (-style.before, 0.0, style.after)
    for drawn, middle, width in zip(lines, middles, style[:3], strict=True):
        of_letter = [_along(line) + np.array((middle, -BASE)) for line in drawn]
        strokes += of_letter
        blanks.append(_between(np.concatenate(of_letter), middle, width))
    return Word(tuple(strokes), tuple(blanks))


def _first(width: float) -> list[list[tuple[float, float]]]:
    left, right = -width / 2, width / 2
    return [
        [(left, 0.05), (left, 0.95)],
        [(left, 0.95), (0, 0.2), (right, 0.95)],
        [(right, 0.95), (right, 0.05)],
    ]


def _second(width: float) -> list[list[tuple[float, float]]]:
    left, right = -width / 2, width / 2
    return [
        [(left, 0.05), (-0.04, 0.95)],
        [(0.04, 0.95), (right, 0.05)],
        [(0.54 * left, 0.32), (0.54 * right, 0.32)],
        [(-0.24, 1.1), (0, 1.26), (0.24, 1.1)],
        [(-0.06, -0.22), (0.06, -0.22)],
    ]


def _last(width: float) -> list[list[tuple[float, float]]]:
    return [[(-width / 2, 0.93), (width / 2, 0.93)], [(0, 0.9), (0, 0.05)]]


def _along(line: list[tuple[float, float]]) -> Points:
    """Return points along a line, as far apart everywhere."""
    found = []
    for start, end in pairwise(line):
        count = max(2, round(float(np.hypot(end[0] - start[0], end[1] - start[1])) / APART) + 1)
        found.append(np.linspace(start, end, count))
    return np.concatenate(found)


def _between(strokes: Points, middle: float, width: float) -> Points:
    """Return the points of a letter's room that are on none of its strokes."""
    reach = width / 2 + GRID
    across = np.arange(middle - reach, middle + reach, GRID)
    grid = np.stack(np.meshgrid(across, np.arange(-BASE, BASE + 0.01, GRID)), axis=-1)
    points = grid.reshape(-1, 2)
    away = np.hypot(*(points[:, None] - strokes[None]).transpose(2, 0, 1)).min(axis=1)
    found: Points = points[away > AROUND]
    return found
