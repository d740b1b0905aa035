"""Put a dossier together: its papers in any order, both sides scanned, with what is true of it."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from random import Random

from bench.dossiers.papers import write
from bench.dossiers.people import Person, person
from bench.dossiers.setting import SPREAD, Piece, Sheet
from bench.dossiers.wording import Wording, wordings

LEAST, MOST = 80, 250
FAINT = 0.015
ALIKE = (
    (1, 2), (3, 85), (5, 6), (7, 9, 10), (19, 72, 73), (22, 36, 67), (37, 39), (43, 45),
    (47, 61, 62, 63, 65), (50, 52), (54, 55, 56, 59), (70, 86), (92, 93, 94, 95), (98, 99),
    (60, 100), (103, 104),
)  # fmt: skip
SEVERAL = {4: 6, 61: 6, 54: 3, 55: 2, 23: 2, 86: 3, 87: 2, 0: 2}
"""Of which kinds a dossier has up to how many."""


@dataclass(frozen=True)
class Paper:
    """A paper of a dossier as it truly is; kind 0 is none of the catalogue's."""

    first: int
    last: int
    kind: int
    date: dt.date


@dataclass(frozen=True)
class Side:
    """A side that was scanned: what stands on it, how it lay, what it carries besides."""

    sheet: Sheet
    skew: float
    noise: float
    shows_through: bool = False
    folio: int | None = None

    @cached_property
    def is_blank(self) -> bool:
        """Tell whether nothing was written on it."""
        return not self.sheet.pieces


@dataclass(frozen=True)
class Dossier:
    """A member's dossier: its sides in order, its papers, and whose it is."""

    seed: int
    person: Person
    sides: tuple[Side, ...]
    papers: tuple[Paper, ...]


def dossier(seed: int, *, most: int = MOST) -> Dossier:
    """Return the dossier of a seed; the same seed gives the same dossier."""
    chance = Random(seed)
    owner = person(chance)
    wanted = chance.randint(min(LEAST, most), most)
    chosen = _chosen(chance, wanted)
    foliated = chance.random() < 0.25
    noise = chance.uniform(0, 1)
    sides: list[Side] = []
    papers: list[Paper] = []
    newest_form = dt.date(2024, 6, 1)
    for wording in chosen:
        sheets, date = write(chance, owner, wording)
        if len(sides) + len(sheets) > wanted and papers:
            break
        if wording.kind == 85 and date >= newest_form:
            continue
        first = len(sides) + 1
        for sheet in _scanned(chance, sheets, wording):
            folio = len(sides) + 1 if foliated and sheet.pieces else None
            sides.append(
                Side(
                    sheet, chance.gauss(0, 0.6), _wear(chance, noise), chance.random() < 0.1, folio
                )
            )
        papers.append(Paper(first, len(sides), wording.kind, date))
    return Dossier(seed, owner, tuple(sides), _with_forms(papers))


def _wear(chance: Random, usual: float) -> float:
    """Return how worn a side is: a few are carbon copies that can hardly be read."""
    return usual + 4.0 if chance.random() < FAINT else usual


def _chosen(chance: Random, wanted: int) -> list[Wording]:
    """Return what a dossier holds: groups of kinds that are alike, then anything, shuffled."""
    by_kind: dict[int, list[Wording]] = {}
    for wording in wordings():
        by_kind.setdefault(wording.kind, []).append(wording)
    kinds = [kind for group in chance.sample(ALIKE, 7) for kind in group]
    pool = [kind for kind in by_kind for _ in range(SEVERAL.get(kind, 1))]
    kinds += [kind for kind in pool if chance.random() < 0.5]
    chance.shuffle(kinds)
    papers = [chance.choice(by_kind[kind]) for kind in kinds[:wanted]]
    covers = [one for one in by_kind[0] if one.layout in {"cover", "inventory"}]
    return [*covers, *papers] if chance.random() < 0.7 else papers


def _scanned(chance: Random, sheets: list[Sheet], wording: Wording) -> list[Sheet]:
    """Return the sides as they come off the scanner: blank backs, booklets open."""
    if wording.layout == "cv" and sheets[0].width < 150 and chance.random() < 0.3:
        return _spreads(sheets)
    if len(sheets) % 2 and chance.random() < 0.45:
        last = sheets[-1]
        return [*sheets, Sheet(last.width, last.height)]
    return sheets


def _spreads(sheets: list[Sheet]) -> list[Sheet]:
    """Return a booklet as it is scanned open: the cover alone, then two pages side by side."""
    open_pages = []
    for at in range(1, len(sheets), 2):
        pair = Sheet(*SPREAD)
        for place, sheet in enumerate(sheets[at : at + 2]):
            shift = place * SPREAD[0] / 2
            pair.pieces += [
                Piece(one.text, one.x + shift, one.y, one.size, one.bold, one.italic, one.hand)
                for one in sheet.pieces
            ]
            pair.stamps += [(x + shift, y, colour) for x, y, colour in sheet.stamps]
        open_pages.append(pair)
    return [sheets[0], *open_pages]


def _with_forms(papers: list[Paper]) -> tuple[Paper, ...]:
    """Return the papers with every member's form but the newest as an old one, as it is kept."""
    forms = [paper for paper in papers if paper.kind in {3, 85}]
    newest = max(forms, key=lambda paper: paper.date, default=None)
    return tuple(
        Paper(paper.first, paper.last, 3 if paper is newest else 85, paper.date)
        if paper in forms else paper
        for paper in papers
    )  # fmt: skip
