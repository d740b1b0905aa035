"""How members are rated: the frames of a hundred points, and how many may be excellent."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

FRAMES: Mapping[str, tuple[int, int]] = {
    "excellent": (90, 100),
    "good": (70, 89),
    "fulfilled": (50, 69),
    "unfulfilled": (0, 49),
}
"""From how many points to how many a rating reaches."""


class CapBase(StrEnum):
    """Of whom the share of the excellent is taken."""

    GOOD = "good"
    """Those who are rated good or excellent."""
    RATED = "rated"
    """All who are rated."""


COUNTED: Mapping[CapBase, tuple[str, ...]] = {
    CapBase.GOOD: ("excellent", "good"),
    CapBase.RATED: tuple(FRAMES),
}


@dataclass(frozen=True)
class Cap:
    """The largest share of the excellent, in percent, and of whom."""

    share: int
    base: CapBase

    def most(self, counts: Mapping[str, int]) -> int:
        """Return how many may be excellent where so many have each rating."""
        return sum(counts.get(name, 0) for name in COUNTED[self.base]) * self.share // 100

    def holds(self, counts: Mapping[str, int]) -> bool:
        """Tell whether no more are excellent than may be."""
        return counts.get("excellent", 0) <= self.most(counts)


def fits(rating: str, points: int) -> bool:
    """Tell whether a rating is that of its points."""
    lowest, highest = FRAMES[rating]
    return lowest <= points <= highest
