"""Choose the segments to merge, so that there are few and each page is rewritten seldom.

Segments of like size are merged once there are eight of them: a page is rewritten once for each
eightfold growth of the index, not with each commit.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

MOST_ALIKE = 8
"""Segments of one size that may lie side by side."""

_SMALLEST = 64
_WORN = 512
"""Deleted pages of a segment that are worth a merge of their own once they are the most of it."""


def choose(segments: Sequence[Any]) -> list[Any]:
    """Return the segments to be merged now, none if all is well."""
    tiers: dict[int, list[Any]] = defaultdict(list)
    for segment in segments:
        tiers[_tier(segment.doc_count())].append(segment)
    full = [tier for tier, members in sorted(tiers.items()) if len(members) >= MOST_ALIKE]
    chosen = tiers[full[0]] if full else []
    worn = [one for one in segments if one.deleted_count() > max(_WORN, one.doc_count())]
    return [segment for segment in segments if segment in chosen or segment in worn]


def _tier(units: int) -> int:
    tier = 0
    while units > _SMALLEST:
        units //= MOST_ALIKE
        tier += 1
    return tier
