"""Ask every engine every question and print where the right document stood."""

import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from bench.findability import engines
from bench.findability.engines import Ask, Build
from bench.findability.library import (
    QUESTIONS,
    TEXTS,
    Paper,
    Question,
    papers,
    questions,
    seven_forms,
)

__all__ = ["QUESTIONS", "TEXTS", "Wish", "run"]

ENGINES: dict[str, Build] = {
    "product": engines.product,
    "tantivy, folded tokens": engines.tantivy,
    "FTS5, folded tokens": engines.folded_fts5,
    "FTS5, raw text": engines.raw_fts5,
}
GOALS = {"article-title": 0.97, "document-number": 0.98, "document-subject": 0.93}
FORMS = ("with accents", "without")
HEAD = f"{'':<26}{'kind':<18}{'typed':<14}{'recall@1':>9}{'recall@10':>10}{'MRR@10':>8}"


@dataclass(frozen=True)
class Wish:
    """Say what to measure and what to tell of it."""

    every: int = 1
    misses: bool = False
    only: str | None = None
    keep: Path | None = None


def run(folder: Path, wish: Wish) -> None:
    """Print one table for papers with their titles and one for papers without."""
    library, asked = papers(folder), questions(folder)[:: wish.every]
    print(f"{len(library)} documents, {len(asked)} questions; engines ask for all words, then any")
    with tempfile.TemporaryDirectory() as drafts:
        place = wish.keep or Path(drafts)
        untitled = [paper.untitled() for paper in library]
        _table(
            "number, text and title, as an archive holds them", library, asked, place / "a", wish
        )
        _table("number and text alone, no title", untitled, asked, place / "b", wish)


def _table(
    name: str, library: Sequence[Paper], asked: Sequence[Question], place: Path, wish: Wish
) -> None:
    print(f"\n{name}\n{HEAD}")
    for engine, build in ENGINES.items():
        if not engine.startswith(wish.only or ""):
            continue
        begun = time.perf_counter()
        try:
            ask = build(library, place / engine.replace(", ", "-").replace(" ", "-"))
        except ModuleNotFoundError as error:
            print(f"{engine:<26}left out: {error.name} is not installed")
            continue
        built = time.perf_counter()
        _lines(engine, ask, asked, wish)
        done = time.perf_counter()
        _numbers(engine, ask, asked)
        each = (done - built) / len(asked) / len(FORMS) * 1000
        print(f"{'':<26}built in {built - begun:.1f} s, a question {each:.1f} ms")


def _numbers(engine: str, ask: Ask, asked: Sequence[Question]) -> None:
    """Print how often a number comes first, typed in each of seven forms."""
    numbered = [each for each in asked if each.kind == "document-number"]
    first = [
        bool(each.answers.intersection(ask(typed)[:1]))
        for each in numbered
        for typed in seven_forms(each.forms[0])
    ]
    if first:
        print(f"{engine:<26}{'numbers':<18}{'seven forms':<14}{mean(first):>9.3f}   goal 1.0")


def _lines(engine: str, ask: Ask, asked: Sequence[Question], wish: Wish) -> None:
    ranks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for question in asked:
        for form, typed in zip(FORMS, question.forms, strict=True):
            found = ask(typed)
            rank = next((at for at, one in enumerate(found, 1) if one in question.answers), 0)
            ranks[question.kind, form].append(rank)
            if wish.misses and rank != 1:
                print(f"  {rank or 'absent'}: {typed!r} {sorted(question.answers)} {found[:3]}")
    for (kind, form), places in sorted(ranks.items()):
        first, among = mean(at == 1 for at in places), mean(at > 0 for at in places)
        reciprocal = mean(1 / at if at else 0 for at in places)
        goal = f"   goal {GOALS[kind]}" if kind in GOALS else ""
        print(
            f"{engine:<26}{kind:<18}{form:<14}{first:>9.3f}{among:>10.3f}{reciprocal:>8.3f}{goal}"
        )
