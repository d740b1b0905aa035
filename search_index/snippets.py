"""Show in a text what a query found there."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate, pairwise
from unicodedata import normalize

from search_index.analysis import UNSEEN_OR_MARKS, clean, fold_key, places, raw_words
from search_index.query import (
    Accented,
    Cites,
    Issued,
    Leaf,
    Phrase,
    Prefix,
    Query,
    Symbol,
    Word,
    wanted,
)
from search_index.symbols import mentions

Span = tuple[int, int]
_ONE_SOUND = re.compile(r"(h|k|l|s|t|qu)i")  # the key of kỳ is that of kì
_MARKS = re.compile(f"[{UNSEEN_OR_MARKS}]")


@dataclass(frozen=True, slots=True, order=True)
class _Hit:
    """Hold a place where one part of the query, by its number, was found."""

    start: int
    end: int
    part: int


@lru_cache(maxsize=1 << 16)
def _word(raw: str) -> Word:
    return Word.of(clean(raw))


class _Page:
    """Hold a text with its words, to look for the parts of a query."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._words = list(map(_word, raw_words(text)))
        self._folded = [word.fold for word in self._words]

    @cached_property
    def _exact(self) -> list[str]:
        return [word.exact for word in self._words]

    @cached_property
    def _places(self) -> Sequence[Span]:
        """Return where each word stands; of a page without hits nobody asks."""
        return places(self._text)

    def spans(self, leaf: Leaf) -> list[Span]:
        """Return where the leaf is; words with the accents typed hide those without them."""
        match leaf:
            case Word():
                same = self._runs([leaf])
                return self.spans(Accented(leaf.exact)) or same if leaf.accented else same
            case Accented(exact):
                return [self._span(at, 1) for at in _places_of(exact, self._exact)]
            case Phrase(words):
                return self._runs(words)
            case Prefix(key):
                line = self._folded
                begun = [word for word in set(line) if word.startswith(key)]
                return [self._span(at, 1) for word in begun for at in _places_of(word, line)]
            case Issued():
                return []
            case Symbol(key) | Cites(key):
                whole = isinstance(leaf, Cites)
                return [
                    (said.start, said.end)
                    for said in mentions(self._text)
                    if said.key == key or (said.key.startswith(key) and not whole)
                ]

    def _runs(self, words: Sequence[Word]) -> list[Span]:
        sought = [word.fold for word in words]
        return [
            self._span(at, len(sought))
            for at in _places_of(sought[0], self._folded)
            if len(sought) == 1 or self._folded[at : at + len(sought)] == sought
        ]

    def _span(self, at: int, length: int) -> Span:
        return self._places[at][0], self._places[at + length - 1][1]


def _places_of(word: str, line: Sequence[str]) -> Iterator[int]:
    """Yield where a word stands in a line of words; most words of a question are seldom."""
    at = -1
    for _ in range(line.count(word)):
        at = line.index(word, at + 1)
        yield at


def snippet(text: str, query: Query, width: int = 240) -> list[tuple[str, bool]]:
    """Return the part of a text that shows most of a query, in pieces, each a hit or not.

    The pieces together are a part of the text as it is, about `width` characters long.
    """
    hits = _hits(text, query)
    at, end = _window(text, _best_view(text, hits, width), width)
    pieces: list[tuple[str, bool]] = []
    for start, stop in _joined(text, [hit for hit in hits if at <= hit.start and hit.end <= end]):
        pieces += [(text[at:start], False), (text[start:stop], True)]
        at = stop
    return [piece for piece in [*pieces, (text[at:end], False)] if piece[0]]


def matching_words(words: Sequence[str], query: Query) -> list[int]:
    """Return the places of the words of a page, as a PDF has them, that have part in a hit."""
    starts = list(accumulate((len(word) + 1 for word in words), initial=0))
    marked: set[int] = set()
    for hit in _hits(" ".join(words), query):
        first, last = bisect_right(starts, hit.start) - 1, bisect_right(starts, hit.end - 1)
        marked.update(range(first, last))
    return sorted(marked)


def may_hold(text: str, query: Query) -> bool:
    """Tell whether a text could have a hit: far sooner than finding none in it.

    It has none where the first word of no part of the query stands in it, not even within others.
    """
    bare = _MARKS.sub("", normalize("NFD", text.lower())).replace("đ", "d")
    return any(_start(leaf) in bare for leaf in wanted(query.root))


def _start(leaf: Leaf) -> str:
    """Return what every text that has the leaf has, without accents; nothing for other things."""
    match leaf:
        case Word(key) | Prefix(key):
            found = key
        case Accented(exact):
            found = fold_key(exact)
        case Phrase(words):
            found = words[0].fold
        case _:
            return ""
    return found[:-1] if _ONE_SOUND.fullmatch(found) else found


def _hits(text: str, query: Query) -> list[_Hit]:
    page = _Page(text)
    parts = dict.fromkeys(wanted(query.root))
    return sorted(
        _Hit(*span, number) for number, leaf in enumerate(parts) for span in page.spans(leaf)
    )


def _best_view(text: str, hits: Sequence[_Hit], width: int) -> Sequence[_Hit]:
    """Return the neighbouring hits, no wider than that together, that show most of a query.

    More parts of the query are better, then more hits side by side, then more hits.
    """
    touching = [_touch(text, left.end, right.start) for left, right in pairwise(hits)]
    joints = list(accumulate(touching, initial=0))
    parts: Counter[int] = Counter()
    best, worth, end = slice(0), (0, 0, 0), 0
    for at, first in enumerate(hits):
        while end < len(hits) and (end == at or hits[end].end <= first.start + width):
            parts[hits[end].part] += 1
            end += 1
        here = len(+parts), joints[end - 1] - joints[at], end - at
        if here > worth:
            best, worth = slice(at, end), here
        parts[first.part] -= 1
    return hits[best]


def _touch(text: str, end: int, start: int) -> bool:
    return start <= end or text[end:start].isspace()


def _joined(text: str, hits: Sequence[_Hit]) -> list[Span]:
    """Return the hits as spans; those that overlap or have only space between them are one."""
    spans: list[Span] = []
    for hit in hits:
        if spans and _touch(text, spans[-1][1], hit.start):
            spans[-1] = spans[-1][0], max(spans[-1][1], hit.end)
        else:
            spans.append((hit.start, hit.end))
    return spans


def _window(text: str, shown: Sequence[_Hit], width: int) -> Span:
    """Return a span of whole words about the hits, as near to the middle as the text allows."""
    first = shown[0].start if shown else 0
    last = max((hit.end for hit in shown), default=0)
    room = max(width - (last - first), 0)
    start = max(min(first - room // 2, len(text) - width), 0)
    end = min(max(start + width, last), len(text))
    while start < first and start > 0 and not text[start - 1].isspace():
        start += 1
    while last < end < len(text) and not text[end].isspace():
        end -= 1
    return min(start, first), end
