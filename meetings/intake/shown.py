"""A page of a PDF as it is shown: cropped, and turned; runs in the sandbox."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import pikepdf


class Shown(NamedTuple):
    """The size of a page as it is shown, and the matrix from there to its own coordinates."""

    width: float
    height: float
    matrix: tuple[float, float, float, float, float, float]

    def point(self, across: float, down: float) -> tuple[float, float]:
        """Return the page's own coordinates of a place, given in parts of what is shown."""
        x, y = across * self.width, (1 - down) * self.height
        a, b, c, d, right, up = self.matrix
        return a * x + c * y + right, b * x + d * y + up


def shown(page: pikepdf.Page) -> Shown:
    """Return how a page is shown."""
    left, bottom, right, top = _sides(page.cropbox)
    width, height = right - left, top - bottom
    turned: Any = page.rotation
    views = {
        0: Shown(width, height, (1, 0, 0, 1, left, bottom)),
        90: Shown(height, width, (0, 1, -1, 0, right, bottom)),
        180: Shown(width, height, (-1, 0, 0, -1, right, top)),
        270: Shown(height, width, (0, -1, 1, 0, left, top)),
    }
    return views[int(turned) % 360]


def _sides(box: Iterable[Any]) -> tuple[float, float, float, float]:
    """Return the sides of a box in order, whichever corners it names."""
    x, y, across, up = map(float, box)
    return min(x, across), min(y, up), max(x, across), max(y, up)
