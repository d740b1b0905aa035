"""Find by how much a page lies askew, and put places found on the straight one back."""

import math
from typing import NamedTuple

import numpy as np
from PIL import Image

SMALL = 700  # pixels across; enough to see lines
STEEPEST = 4.0  # degrees
STEP = 0.25
WORTH = 0.4  # degrees; less does not trouble the reader
DARK = 128


class Turn(NamedTuple):
    """How a picture was turned: quarter turns first, then some degrees about its middle."""

    quarters: int
    degrees: float

    def applied(self, picture: Image.Image) -> Image.Image:
        """Return the picture turned so."""
        turned = picture.rotate(90 * self.quarters, expand=True) if self.quarters else picture
        if not self.degrees:
            return turned
        return turned.rotate(self.degrees, Image.Resampling.BICUBIC, fillcolor=255)

    def undone(self, x: float, y: float, size: tuple[int, int]) -> tuple[float, float]:
        """Return where a point of the turned picture, of this size, was before the degrees."""
        width, height = size
        angle = math.radians(self.degrees)
        across, down = x - width / 2, y - height / 2
        x = width / 2 + across * math.cos(angle) - down * math.sin(angle)
        y = height / 2 + across * math.sin(angle) + down * math.cos(angle)
        return x / width, y / height


def skew(picture: Image.Image) -> float:
    """Return by how many degrees to turn a grey picture so that its lines lie level."""
    ratio = SMALL / picture.width
    small = picture.resize((SMALL, max(1, round(picture.height * ratio))))
    ink = Image.fromarray((np.asarray(small) < DARK).astype(np.uint8) * 255)
    angles = np.arange(-STEEPEST, STEEPEST + STEP, STEP)
    best = max(angles, key=lambda angle: (_sharpness(ink, float(angle)), -abs(angle)))
    return float(best) if abs(best) >= WORTH else 0.0


def _sharpness(ink: Image.Image, angle: float) -> float:
    """Return how sharply lines and gaps alternate from top to bottom."""
    rows = np.asarray(ink.rotate(angle)).sum(axis=1, dtype=np.float64)
    return float(np.square(np.diff(rows)).sum())
