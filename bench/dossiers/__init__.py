"""Cutting scanned dossiers: generated ones, read with slips or really recognised, and a score."""

import time
from collections.abc import Callable, Iterable, Sequence

from bench.dossiers import pictures, slips
from bench.dossiers.dossier import Dossier, dossier
from bench.dossiers.score import Score
from meetings.intake import tesseract
from meetings.intake.dossiers import DossierPage, identify, propose

UNSEEN = range(101, 121)
"""Seeds that nobody looks at while the rules are made; those from 1 to 20 are for that."""
PICTURED = (101,)
PAGES_PICTURED = 30

Read = Callable[[Dossier], Iterable[DossierPage]]
Row = tuple[str, str, str]


def measure() -> list[Row]:
    """Return how well dossiers are cut: twenty as text, a short one by its pictures."""
    rows = rows_of(f"{len(UNSEEN)} dossiers as text with slips", scored(UNSEEN, slips.read))
    if tesseract.is_available():
        score = scored(PICTURED, pictures.read, most=PAGES_PICTURED)
        rows += rows_of(f"{len(PICTURED)} dossier by its pictures", score)
    return rows


def scored(seeds: Sequence[int], read: Read, **size: int) -> Score:
    """Return the score of the dossiers of these seeds."""
    score = Score()
    for seed in seeds:
        one = dossier(seed, **size)
        pages = list(read(one))
        start = time.perf_counter()
        proposals = propose(pages)
        score.seconds += time.perf_counter() - start
        score.add(one, proposals)
        score.add_identity(one, identify(pages, proposals))
    return score


def rows_of(name: str, score: Score) -> list[Row]:
    """Return the lines of a score."""
    wrong = score.sure_wrong / max(1, score.sure)
    miscut = score.sure_miscut / max(1, score.sure)
    return [
        (f"{name}: {score.pages} pages, {score.papers} papers, cuts F1",
         f"{score.f1:.3f}", "goal >= 0.95"),
        ("  kinds right", f"{score.right_kinds / max(1, score.papers):.1%}", "goal >= 85 %"),
        ("  kind and both ends right", f"{score.whole / max(1, score.papers):.1%}", ""),
        (f"  wrong kinds of {score.sure} said surely", f"{wrong:.2%}", "goal <= 1 %"),
        ("  wrong ends of those", f"{miscut:.2%}", ""),
        ("  pages accounted for", f"{score.accounted / score.pages:.1%}", "goal 100 %"),
        (f"  right of {score.told} things said of the member",
         f"{score.told_right / max(1, score.told):.1%}", ""),
        ("  pages cut a second", f"{score.pages / score.seconds:.0f}", ""),
    ]  # fmt: skip
