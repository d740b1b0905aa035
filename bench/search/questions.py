"""Two hundred questions in ten classes, drawn from the first papers of a corpus."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bench.search.corpus import GROUPS, Paper
from bench.search.tokens import folded

EACH = 20
CLASSES = (
    "rare", "common", "two words", "four words", "phrase", "no accents", "prefix", "number",
    "access", "facets by date",
)  # fmt: skip


@dataclass(frozen=True)
class Question:
    """Hold what is asked, in folded words."""

    kind: str
    words: tuple[str, ...]
    groups: tuple[int, ...] = ()


def questions(papers: Sequence[Paper]) -> list[Question]:
    """Return the questions, class after class in turn."""
    chance = random.Random(42)
    having: Counter[str] = Counter()
    for paper in papers:
        having.update(set(folded(paper.text)))
    count = len(papers)
    plain = [word for word in having if word.isalpha() and len(word) > 1]
    common = [word for word in plain if having[word] > count / 2]
    middle = [word for word in plain if 0.03 * count < having[word] <= count / 2]
    rare = [word for word in having if 2 <= having[word] <= max(3, count // 1000)]
    asked = []
    for turn in range(EACH):
        runs = [_run(chance, papers, size) for size in (4, 2 + turn % 3, 3, 3, 2)]
        prefix = chance.choice(middle)
        access = tuple(sorted({0, *chance.sample(range(1, GROUPS), 4)}))
        said = (
            ((chance.choice(rare),), ()),
            ((chance.choice(common),), ()),
            (tuple(chance.sample(common + middle, 2)), ()),
            (runs[0], ()),
            (runs[1], ()),
            (runs[2], ()),
            ((prefix[: max(3, len(prefix) - 1)],), ()),
            ((chance.choice(papers).number,), ()),
            (runs[3], access),
            (runs[4], ()),
        )
        asked += [Question(kind, *rest) for kind, rest in zip(CLASSES, said, strict=True)]
    return asked


def _run(chance: random.Random, papers: Sequence[Paper], size: int) -> tuple[str, ...]:
    """Return words that stand side by side in some paper."""
    while True:
        words = chance.choice(chance.choice(papers).pages).split()
        at = chance.randrange(max(1, len(words) - size))
        keys = [folded(word) for word in words[at : at + size]]
        if len(keys) == size and all(len(key) == 1 and key[0].isalpha() for key in keys):
            return tuple(key[0] for key in keys)
