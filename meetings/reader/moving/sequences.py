"""Which word of a new text is which word of an old one: only where this is certain."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

ANCHOR = 4
"""So many words in a row, found once in either text, tie the two together."""
LARGEST_GAP = 4_000_000
"""Words of one side times words of the other between two ties: more is left unaligned."""


def aligned(old: Sequence[str], new: Sequence[str]) -> Mapping[int, int]:
    """Return the place in the new text of each word of the old one that stayed in its order."""
    found: dict[int, int] = {}
    at, there = 0, 0
    for tie_start, tie_end, length in [*_ties(old, new), (len(old), len(new), 0)]:
        shift = max(at - tie_start, there - tie_end, 0)  # that much lies in the tie before
        if shift > length:
            continue
        start, end, rest = tie_start + shift, tie_end + shift, length - shift
        found.update(_between(old, new, (at, start), (there, end)))
        found.update(zip(range(start, start + rest), range(end, end + rest), strict=True))
        at, there = start + rest, end + rest
    return found


def _ties(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Yield runs that occur once in either text, in the order of both."""
    places = singles(old)
    pairs = sorted((places[run], at) for run, at in singles(new).items() if run in places)
    for start, end in _rising(pairs):
        yield start, end, ANCHOR


def singles(words: Sequence[str]) -> dict[tuple[str, ...], int]:
    """Return the runs of words that a text has once, with their places."""
    runs = [tuple(words[at : at + ANCHOR]) for at in range(len(words) - ANCHOR + 1)]
    counts = Counter(runs)
    return {run: at for at, run in enumerate(runs) if counts[run] == 1}


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest part of some pairs that rises on both sides."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, (_, end) in enumerate(pairs):
        place = bisect_left(ends, end)
        before.append(last[place - 1] if place else -1)
        ends[place : place + 1] = [end]
        last[place : place + 1] = [index]
    chain, index = [], last[-1] if last else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


def _between(
    old: Sequence[str], new: Sequence[str], left: tuple[int, int], right: tuple[int, int]
) -> dict[int, int]:
    first, second = old[slice(*left)], new[slice(*right)]
    if not first or not second or len(first) * len(second) > LARGEST_GAP:
        return {}
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    return {
        left[0] + block.a + step: right[0] + block.b + step
        for block in matcher.get_matching_blocks()
        for step in range(block.size)
    }
