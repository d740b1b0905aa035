"""Find a mark by the shape of its letters where text lies across it and no machine reads it."""

import math
from collections.abc import Callable
from functools import cache, lru_cache
from heapq import nlargest
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from meetings.intake.secrecy.letters import MARKS, STYLES, Points, Style, Word, word
from meetings.intake.secrecy.regions import ACROSS, Region

FINE = 840  # points of the page's width; one is a quarter of a millimetre of A4
CELL = FINE / ACROSS
MARGIN = 96  # points about the page
HEIGHTS = tuple(float(height) for height in np.geomspace(11.6, 27.6, 9))  # points
ANGLES = range(-24, 25, 3)
LARGEST = 12_000  # places in a region; a mark is not looked for in a larger one
STEP = 2
LIGHT, FULL = 20, 90  # darker than the paper: nothing yet, and wholly ink
LIKELIEST = 6  # places that are looked at closely
PROMISING = 0.9  # what is less at first sight is no mark when it is looked at closely
ROUNDS = 3
INSET = 4  # points; a word's middle is not at the edge of its region
WEAKEST, BLANK = 0.8, 0.7  # what these count beside all the strokes together
REACH = np.array((4, 4, 1.2, 3, 0.15, 0.12, 0.1, 0.2, 0.2))
"""How far from a first place a word is looked for, in each way."""
LIKE = 1.4

Ink = NDArray[np.float32]


class Place(NamedTuple):
    """Where a word may stand in an inked page, how high and how tilted, and in which style."""

    x: float
    y: float
    height: float
    angle: float
    style: Style


class Template(NamedTuple):
    """A word's points as whole steps down and across from its middle, stroke by stroke."""

    height: float
    angle: float
    style: Style
    strokes: tuple[list[tuple[int, int]], ...]
    blanks: list[tuple[int, int]]


def ink_of(grey: Image.Image) -> Ink:
    """Return how much ink there is on each point of a page, from 0 to 1, within a white margin."""
    size = (FINE, max(1, round(grey.height * FINE / grey.width)))
    tones = np.asarray(grey.resize(size, Image.Resampling.BOX), np.float32)
    darker = float(np.median(tones)) - tones - LIGHT
    ink: Ink = np.pad(np.clip(darker / (FULL - LIGHT), 0, 1), MARGIN)
    return ink


def likeness(ink: Ink, region: Region, *, largest: int = LARGEST) -> float:
    """Return how like a mark the best place in a region is; LIKE and more is one."""
    found = _likeliest(ink, region, largest)
    return max((_closely(ink, place) for place in found), default=0.0)


def _likeliest(ink: Ink, region: Region, largest: int) -> list[Place]:
    """Return the best places in a region, of each template one, that may turn out to be a mark."""
    top, left, rows, columns = _room(ink, region)
    if rows < 1 or columns < 1 or rows * columns > largest:
        return []
    phases = [
        [np.ascontiguousarray(ink[y::STEP, x::STEP]) for x in range(STEP)] for y in range(STEP)
    ]

    def summed(points: list[tuple[int, int]]) -> Ink:
        total = np.zeros((rows, columns), np.float32)
        for down, across in points:
            y, x = top + down, left + across
            phase = phases[y % STEP][x % STEP]
            total += phase[y // STEP : y // STEP + rows, x // STEP : x // STEP + columns]
        total /= len(points)
        return total

    found: list[tuple[float, Place]] = []
    least = PROMISING
    for template in _templates():
        fit = _fits(template, summed, least)
        at = int(fit.argmax())
        if fit.flat[at] <= least:
            continue
        y, x = top + STEP * (at // columns), left + STEP * (at % columns)
        place = Place(x, y, template.height, template.angle, template.style)
        found = nlargest(LIKELIEST, [*found, (float(fit.flat[at]), place)], key=itemgetter(0))
        least = found[-1][0] if len(found) == LIKELIEST else PROMISING
    return [place for _, place in found]


def _fits(template: Template, summed: Callable[[list[tuple[int, int]]], Ink], least: float) -> Ink:
    """Return how well ink fits a template at each place, or what it cannot be better than there.

    Strokes are not looked at any more once no place can be better than the least that counts.
    """
    count = len(template.strokes)
    total, weakest = np.zeros((), np.float32), np.ones((), np.float32)
    for number, points in enumerate(template.strokes, start=1):
        stroke = summed(points)
        total = total + stroke
        if number - 1 not in MARKS:
            weakest = np.minimum(weakest, stroke)
        fit: Ink = (total + (count - number)) / count + WEAKEST * weakest
        if fit.max() <= least:
            return fit
    return fit - BLANK * summed(template.blanks)


def _room(ink: Ink, region: Region) -> tuple[int, int, int, int]:
    """Return where in the ink the middle of a word may lie: top, left, rows and columns."""
    angle = math.radians(region.angle)
    along, aside = abs(math.cos(angle)), abs(math.sin(angle))
    wide = CELL * (region.length * along + region.breadth * aside) / 2 - INSET
    high = CELL * (region.length * aside + region.breadth * along) / 2 - INSET
    x, y = CELL * region.x, CELL * region.y
    top, left = max(0, round(y - high)), max(0, round(x - wide))
    bottom = min(ink.shape[0] - 2 * MARGIN, round(y + high))
    right = min(ink.shape[1] - 2 * MARGIN, round(x + wide))
    return top + MARGIN, left + MARGIN, (bottom - top) // STEP, (right - left) // STEP


def _fit(strokes: NDArray[np.float64], blank: float) -> float:
    """Return how well ink fits a word: its strokes are inked, even the weakest, its blanks not."""
    weakest = np.delete(strokes, MARKS).min()
    return float(strokes.mean() + WEAKEST * weakest - BLANK * blank)


@cache
def _templates() -> list[Template]:
    return [
        _template(drawn, height, angle, style)
        for style, drawn in zip(STYLES, map(word, STYLES), strict=True)
        for height in HEIGHTS
        for angle in ANGLES
    ]


def _template(drawn: Word, height: float, angle: float, style: Style) -> Template:
    strokes = tuple(_steps(points, height, angle) for points in drawn.strokes)
    blanks = _steps(np.concatenate(drawn.blanks), height, angle)
    return Template(height, angle, style, strokes, blanks)


def _steps(points: Points, height: float, angle: float) -> list[tuple[int, int]]:
    across, down = _turned(points, height, angle)
    pairs = zip(
        np.rint(down).astype(int).tolist(), np.rint(across).astype(int).tolist(), strict=True
    )
    return list(dict.fromkeys(pairs))


def _turned(points: Points, height: float, angle: float) -> tuple[Points, Points]:
    """Return how far points lie across and down from a word's middle, turned as the clock runs."""
    cosine, sine = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    across, down = points[:, 0] * height, -points[:, 1] * height
    return across * cosine - down * sine, across * sine + down * cosine


def _closely(ink: Ink, place: Place) -> float:
    """Return how well the best word near a place fits, whatever its letters' widths."""
    best = np.array((*place[:4], *place.style))
    low, high = best - REACH, best + REACH
    value = _value(ink, best)
    steps = REACH / 2
    for _ in range(ROUNDS):
        for which in range(len(best)):
            for step in (steps[which], -steps[which]):
                tried = best.copy()
                tried[which] = np.clip(tried[which] + step, low[which], high[which])
                reached = _value(ink, tried)
                if reached > value:
                    best, value = tried, reached
                    break
        steps = steps / 2
    return value


def _value(ink: Ink, values: NDArray[np.float64]) -> float:
    x, y, height, angle, *widths = map(float, values)
    points, starts, lengths, strokes = _drawn(Style(*widths))
    means = np.add.reduceat(_at(ink, x, y, points, height, angle), starts) / lengths
    return _fit(means[:strokes], float(means[strokes:].max()))


@lru_cache(maxsize=64)
def _drawn(style: Style) -> tuple[Points, list[int], NDArray[np.int64], int]:
    """Return a word's points in one array, where each stroke and blank starts, and their counts."""
    drawn = word(style)
    parts = [*drawn.strokes, *drawn.blanks]
    lengths = [len(part) for part in parts]
    starts = [0, *accumulate(lengths[:-1])]
    return np.concatenate(parts), starts, np.array(lengths), len(drawn.strokes)


def _at(ink: Ink, x: float, y: float, points: Points, height: float, angle: float) -> Ink:
    """Return the ink at points, between its own points in proportion."""
    across, down = _turned(points, height, angle)
    across, down = across + x, down + y
    left = np.clip(across.astype(int), 0, ink.shape[1] - 2)
    top = np.clip(down.astype(int), 0, ink.shape[0] - 2)
    right, low = across - left, down - top
    above = ink[top, left] * (1 - right) + ink[top, left + 1] * right
    below = ink[top + 1, left] * (1 - right) + ink[top + 1, left + 1] * right
    found: Ink = above * (1 - low) + below * low
    return found
