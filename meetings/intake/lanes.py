"""Deal the pages of a file out to children that work side by side, one for each processor."""

import os
from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack, closing
from itertools import chain, cycle, islice
from typing import Protocol, TypeVar

MOST = 2  # a small server has people to serve meanwhile
PAGES_A_LANE = 4  # fewer are made before another child has started

Page_co = TypeVar("Page_co", covariant=True)
Pages = Generator[Page_co | None, None, None]


class Lane(Protocol[Page_co]):
    """A way to get some pages; the first is None, as soon as a child works on them."""

    def __call__(self, numbers: Sequence[int], *, beside: bool) -> Pages[Page_co]:
        """Yield the pages, from a child that may work beside another one on the same file."""


def in_lanes(numbers: Sequence[int], lane: Lane[Page_co]) -> Iterator[Page_co]:
    """Yield pages in the order asked, from as many lanes as are worth their start."""
    count = max(1, min(MOST, len(os.sched_getaffinity(0)), len(numbers) // PAGES_A_LANE))
    with ExitStack() as ends:
        lanes = [
            ends.enter_context(closing(lane(numbers[start::count], beside=start > 0)))
            for start in range(count)
        ]
        begun = [next(each, None) for each in lanes]
        made = [
            filter(None, chain([first], each)) for first, each in zip(begun, lanes, strict=True)
        ]
        for _number, pages in zip(numbers, cycle(made), strict=False):
            yield from islice(pages, 1)
