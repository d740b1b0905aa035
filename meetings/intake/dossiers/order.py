"""Which of several papers of a kind a paper is, by their days."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from meetings.intake.dossiers.proposals import Proposal


def places(papers: Sequence[Proposal]) -> Mapping[Proposal, tuple[int | None, int]]:
    """Return of each paper with a kind its place by day and how many there are of its kind.

    One without a day has no place, nor have those that share their day with another.
    """
    return MappingProxyType({paper: _place(paper, papers) for paper in papers if paper.kind})


def _place(paper: Proposal, papers: Sequence[Proposal]) -> tuple[int | None, int]:
    alike = [other for other in papers if other.kind == paper.kind]
    days = sorted(other.dated for other in alike if other.dated)
    if paper.dated is None or days.count(paper.dated) > 1:
        return None, len(alike)
    return days.index(paper.dated) + 1, len(alike)
