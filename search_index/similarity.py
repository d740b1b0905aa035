"""Say what a document is about, in the terms of the index, so that others about it are found.

A term weighs what it says often and what public text says seldom. No document of an archive has a
part in that, so what is hidden from a reader cannot change which terms are asked for.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from search_index.analysis import clean, fold_key, tokens
from search_index.arrays.statistics import Fixed
from search_index.language.fields import KINDS
from search_index.query import NOTHING, Cites, Leaf, Or, Phrase, Query, Word
from search_index.symbols import mentions, number_key

TERMS = 24
"""Pairs of words that are asked for: more cost time and change little."""
NUMBERS = 6
"""Numbers of other documents that are asked for."""
_RUN = 5
_TITLE = 4
"""A term of the title counts as if the text said it this often more."""
_OFTEN = 2
"""What is said less often than this may be a slip of a scan."""
_RAREST = 6.5
"""What public text hardly says is no more telling than this: it may be half of two words."""
_TELLING = 3.1
"""What public text says more often than this tells of no matter."""
_OF_ALL = (
    "tỉnh ủy, thành ủy, huyện ủy, đảng ủy, cấp ủy, đảng bộ, chi bộ, đảng viên, ban chấp hành, "
    "ban thường vụ, thường trực, bí thư, phó bí thư, đồng chí, văn phòng, hội nghị, lãnh đạo, "
    "chỉ đạo, trung ương đảng, nhiệm kỳ, đại biểu"
)
"""What every paper of a committee says, though public text does not."""


@dataclass(frozen=True)
class Gist:
    """What a document is about: the question for others, and the words as the document has them."""

    query: Query
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Pair:
    """Two words side by side, without their accents."""

    left: str
    right: str

    @property
    def weight(self) -> float:
        """Return how telling the pair is in public text."""
        return Fixed().rarity("pairs", f"{self.left}_{self.right}".encode())

    @property
    def leaf(self) -> Phrase:
        """Return the pair as a part of a question, whatever its accents."""
        return Phrase((Word(self.left, self.left), Word(self.right, self.right)))


def gist(title: str, texts: Iterable[str], *, symbol: str = "") -> Gist:
    """Return what a document is about; nothing where it says too little."""
    counts: Counter[_Pair] = Counter()
    spelt: defaultdict[_Pair, Counter[str]] = defaultdict(Counter)
    cited: Counter[str] = Counter()
    for text, times in ((title, _TITLE), *((text, 1) for text in texts)):
        plain, numbers = clean(text), list(mentions(clean(text)))
        cited.update(number.key for number in numbers)
        for number in numbers:
            blank = "." * (number.end - number.start)
            plain = plain[: number.start] + blank + plain[number.end :]
        for pair, said in _pairs(plain):
            counts[pair] += times
            spelt[pair][said] += 1
    chosen = _telling(counts)
    own = number_key(symbol)
    keys = [own] * bool(own) + [key for key, _times in _most(cited) if key != own]
    leaves: list[Leaf] = [pair.leaf for pair in chosen]
    leaves += [Cites(key) for key in keys[:NUMBERS]]
    words = joined(spelt[pair].most_common(1)[0][0] for pair in chosen)
    return Gist(Query(Or(tuple(leaves)) if chosen else NOTHING), words)


def joined(pairs: Iterable[str]) -> tuple[str, ...]:
    """Return pairs of words in longer runs where one goes on as another begins."""
    runs: list[list[str]] = []
    for left, right in (pair.split() for pair in pairs):
        before = next((run for run in runs if run[-1] == left and len(run) < _RUN), None)
        after = next((run for run in runs if run[0] == right and len(run) < _RUN), None)
        if before:
            before.append(right)
        elif after:
            after.insert(0, left)
        else:
            runs.append([left, right])
    return tuple(" ".join(run) for run in runs)


def _pairs(text: str) -> Iterator[tuple[_Pair, str]]:
    """Yield neighbouring words, as keys and as they are written; over a comma there are none."""
    for left, right in pairwise(tokens(text)):
        words = all(len(one.text) > 1 and one.text.isalpha() for one in (left, right))
        if words and text[left.end : right.start].isspace():
            pair = _Pair(fold_key(left.text), fold_key(right.text))
            yield pair, f"{left.text} {right.text}".lower()


@cache
def _common() -> frozenset[tuple[str, str]]:
    """Return the pairs of the names of kinds and of what every paper of a committee says."""
    names = [*KINDS, *_OF_ALL.split(",")]
    words = ([fold_key(token.text) for token in tokens(name)] for name in names)
    return frozenset(pair for each in words for pair in pairwise(each))


def _telling(counts: Counter[_Pair]) -> Sequence[_Pair]:
    """Return the pairs that weigh most, the heaviest first."""
    weights = {
        pair: math.log(1 + times) * min(pair.weight, _RAREST)
        for pair, times in counts.items()
        if times >= _OFTEN and pair.weight >= _TELLING and (pair.left, pair.right) not in _common()
    }
    return sorted(weights, key=lambda pair: (-weights[pair], pair.left, pair.right))[:TERMS]


def _most(counts: Counter[str]) -> list[tuple[str, int]]:
    """Return what was counted, the most frequent first and then by name."""
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
