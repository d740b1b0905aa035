"""Compare what is proposed for dossiers with what is true."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from bench.dossiers.dossier import Dossier, Paper
from meetings.intake.dossiers import Identity, Proposal
from meetings.intake.fold import fold

SURE = 0.9


@dataclass
class Score:
    """The sums over dossiers, from which the shares are told."""

    pages: int = 0
    accounted: int = 0
    cuts: int = 0
    proposed: int = 0
    right_cuts: int = 0
    papers: int = 0
    right_kinds: int = 0
    whole: int = 0
    sure: int = 0
    sure_wrong: int = 0
    sure_miscut: int = 0
    told: int = 0
    told_right: int = 0
    seconds: float = 0.0
    mistakes: Counter[tuple[int, int | None]] = field(default_factory=Counter)
    by_confidence: dict[float, Counter[bool]] = field(default_factory=dict)

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall of the cuts between papers."""
        return 2 * self.right_cuts / max(1, self.cuts + self.proposed)

    def add(self, dossier: Dossier, proposals: Sequence[Proposal]) -> None:
        """Count a dossier."""
        numbers = [n for one in proposals for n in range(one.first, one.last + 1)]
        self.pages += len(dossier.sides)
        self.accounted += (
            len(dossier.sides) if numbers == [*range(1, len(dossier.sides) + 1)] else 0
        )
        true, told = {p.first for p in dossier.papers} - {1}, {p.first for p in proposals} - {1}
        self.cuts += len(true)
        self.proposed += len(told)
        self.right_cuts += len(true & told)
        starts = {one.first: one for one in proposals}
        for paper in dossier.papers:
            self._add_paper(paper, starts.get(paper.first))
        self._add_sure(dossier, proposals)

    def add_identity(self, dossier: Dossier, told: Identity) -> None:
        """Count what is said of whom a dossier is about."""
        person = dossier.person
        true = {
            "name": fold(person.name),
            "birth_date": person.born.isoformat(),
            "citizen_id": person.citizen_id,
            "card_number": person.card_number,
            "record_number": person.record_number.replace(" ", "").lower(),
        }
        said = {name: found.value for name, found in vars(told).items() if found}
        self.told += len(said)
        self.told_right += sum(fold(value) == true[name] for name, value in said.items())

    def _add_paper(self, paper: Paper, told: Proposal | None) -> None:
        if not paper.kind:
            return
        right = told is not None and told.kind == paper.kind
        self.papers += 1
        self.right_kinds += right
        self.whole += right and told is not None and told.last == paper.last
        if not right:
            self.mistakes[paper.kind, told.kind if told else -1] += 1

    def _add_sure(self, dossier: Dossier, proposals: Sequence[Proposal]) -> None:
        """Count what is said surely of a kind, and what of that is wrong."""
        kind_of = {n: p.kind for p in dossier.papers for n in range(p.first, p.last + 1)}
        ends = {(p.first, p.last) for p in dossier.papers}
        for one in proposals:
            if one.kind is None:
                continue
            right = kind_of[one.first] == one.kind and any(f == one.first for f, _ in ends)
            self.by_confidence.setdefault(one.confidence, Counter())[right] += 1
            if one.confidence >= SURE:
                self.sure += 1
                self.sure_wrong += not right
                self.sure_miscut += right and (one.first, one.last) not in ends
