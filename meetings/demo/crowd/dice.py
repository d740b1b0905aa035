"""Chance that is the same at every run: what was thrown follows from the seed alone."""

from collections.abc import Sequence
from datetime import date, timedelta
from hashlib import shake_256
from typing import TypeVar

Face = TypeVar("Face")
THROWS = 160
"""Bytes of chance: enough for the life of anybody."""


class Dice:
    """Throws that follow from a seed and a number."""

    def __init__(self, seed: int, number: int) -> None:
        chance = shake_256(f"{seed}:{number}".encode()).digest(THROWS)
        self._left = int.from_bytes(chance, "big")

    def of(self, sides: int) -> int:
        """Return a number from zero to one less than the sides."""
        self._left, face = divmod(self._left, sides)
        return face

    def falls(self, percent: float) -> bool:
        """Tell whether what happens to so many of a hundred happens."""
        return self.of(10_000) < percent * 100

    def among(self, faces: Sequence[Face]) -> Face:
        """Return one of some faces."""
        return faces[self.of(len(faces))]

    def day(self, first: date, last: date) -> date:
        """Return a day between two days."""
        return first + timedelta(days=self.of(max(1, (last - first).days)))
