"""Where the notes of an old version stand in a new one: on the same words, or nowhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from unicodedata import normalize

from meetings.reader.moving.sequences import ANCHOR, aligned, singles

CONTEXT = 3
"""Words on both sides that tell a mark from its like."""
SMALL = 4
"""So few words come or go when somebody corrects a number or a name."""
FAR = 24
"""So many words beside a mark are looked at, and no more."""
FAR_CONTEXT = 6
"""So many words around a mark are needed to find it where a paragraph went."""


@dataclass(frozen=True)
class Box:
    """A word with its place, in parts of the page."""

    text: str
    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """Return where the word ends."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """Return where the word's line ends."""
        return self.y + self.h

    @property
    def middle(self) -> float:
        """Return the height of the word's middle."""
        return self.y + self.h / 2


@dataclass(frozen=True)
class Span:
    """Words of one page, from the first to the last, both included."""

    page: int
    first: int
    last: int


class Text:
    """The words of a version, page by page; pages count from one."""

    def __init__(self, pages: Sequence[Sequence[Box]]) -> None:
        self.pages = pages
        self.words = [plain(word.text) for page in pages for word in page]
        self._starts = [0, *accumulate(len(page) for page in pages)]

    def place(self, span: Span) -> tuple[int, int] | None:
        """Return where a span begins and ends among all words; None for one that there is not."""
        if not 1 <= span.page <= len(self.pages):
            return None
        size = len(self.pages[span.page - 1])
        if not 0 <= span.first <= span.last < size:
            return None
        start = self._starts[span.page - 1]
        return start + span.first, start + span.last + 1

    def span(self, start: int, end: int) -> Span | None:
        """Return words among all as a span; None where they run over the end of a page."""
        page = next(n for n, first in enumerate(self._starts[1:], 1) if start < first)
        if end > self._starts[page]:
            return None
        first = self._starts[page - 1]
        return Span(page, start - first, end - first - 1)

    def boxes(self, span: Span) -> Sequence[Box]:
        """Return the words of a span with their places."""
        return self.pages[span.page - 1][span.first : span.last + 1]


def plain(text: str) -> str:
    """Return a word as words are told apart: composed, in small letters."""
    return normalize("NFC", text).lower()


class Moves:
    """The way from one version of a paper to the next."""

    def __init__(self, old: Text, new: Text) -> None:
        self.old, self.new = old, new

    @cached_property
    def _same(self) -> Mapping[int, int]:
        return aligned(self.old.words, self.new.words)

    def to(self, span: Span) -> Span | None:
        """Return where the words of a span stand in the new version, if that is certain."""
        place = self.old.place(span)
        if place is None:
            return None
        start = self._kept(*place)
        start = self._gone(*place) if start is None else start
        return None if start is None else self.new.span(start, start + place[1] - place[0])

    def _kept(self, start: int, end: int) -> int | None:
        """Return where words that kept their order begin now."""
        there = self._same.get(start)
        if there is None or any(
            self._same.get(at) != there + at - start for at in range(start, end)
        ):
            return None
        if not self._is_sure(start, end):
            return None
        return there

    def _is_sure(self, start: int, end: int) -> bool:
        """Tell whether the words at both edges of a mark are themselves and not their like."""
        edges = ((start, -1), (end - 1, 1))
        around = sum(len(self._edge(at, step, CONTEXT)) - 1 for at, step in edges)
        if around + end - start <= CONTEXT or not self._is_tied(start, end):
            return False
        return all(self._is_itself(at, step) for at, step in edges)

    def _is_tied(self, start: int, end: int) -> bool:
        """Tell whether what stayed around a mark holds words that are found only once."""
        first = start - len(self._edge(start, -1, FAR)) + 1
        last = end - 1 + len(self._edge(end - 1, 1, FAR))
        return any(
            tuple(self.old.words[at : at + ANCHOR]) in self._single
            for at in range(first, last - ANCHOR + 1)
        ) or self._is_single(self.old.words[first:last])

    @cached_property
    def _single(self) -> set[tuple[str, ...]]:
        return singles(self.old.words).keys() & singles(self.new.words).keys()

    def _is_itself(self, at: int, step: int) -> bool:
        """Tell whether enough stayed beside a word, or too little changed there to mistake it.

        After "5 tỷ đồng. A" became "5 tỷ đồng. B 7 tỷ đồng. A", nobody knows which "đồng." it was.
        """
        edge = self._edge(at, step, FAR)
        if len(edge) > FAR or self._is_single(edge):
            return True
        gaps = self._gaps(at + step * len(edge), step)
        if any(_places(gap, edge) for gap in gaps):
            return False
        return len(edge) > CONTEXT or all(len(gap) <= SMALL for gap in gaps)

    def _edge(self, at: int, step: int, most: int) -> Sequence[str]:
        """Return the words that stayed beside a mark, with its own word at that edge."""
        far = at
        while abs(far - at) < most and self._same.get(far + step) == self._same[far] + step:
            far += step
        return self.old.words[min(at, far) : max(at, far) + 1]

    def _gaps(self, beside: int, step: int) -> tuple[Sequence[str], Sequence[str]]:
        """Return the words of both versions between a word that stayed and the next, one way."""
        at, there = beside, self._same[beside - step] + step
        while 0 <= at < len(self.old.words) and at not in self._same:
            at += step
        ends = (-1, -1) if step < 0 else (len(self.old.words), len(self.new.words))
        beyond = (at, self._same[at]) if at in self._same else ends
        sides = (self.old.words, beside, beyond[0]), (self.new.words, there, beyond[1])
        old, new = (
            words[one:other] if step > 0 else words[other + 1 : one + 1]
            for words, one, other in sides
        )
        return old, new

    def _is_single(self, quote: Sequence[str]) -> bool:
        return len(_places(self.old.words, quote)) == len(_places(self.new.words, quote)) == 1

    def _gone(self, start: int, end: int) -> int | None:
        """Return where words begin whose paragraph was moved: found once, with what is around."""
        for around in range(CONTEXT, FAR_CONTEXT + 1):
            first, last = max(0, start - around), min(len(self.old.words), end + around)
            if last - first < 2 * FAR_CONTEXT:
                continue
            quote = self.old.words[first:last]
            if self._is_single(quote):
                there = _places(self.new.words, quote)[0] + start - first
                return None if self._is_taken(there, end - start) else there
        return None

    @cached_property
    def _taken(self) -> frozenset[int]:
        return frozenset(self._same.values())

    def _is_taken(self, there: int, length: int) -> bool:
        """Tell whether words of the new version are known to be others."""
        return any(at in self._taken for at in range(there, there + length))


def _places(words: Sequence[str], quote: Sequence[str]) -> list[int]:
    size = len(quote)
    return [
        at
        for at in range(len(words) - size + 1)
        if words[at] == quote[0] and words[at : at + size] == quote
    ]
