"""Find the documents that a text cites, and say which stored ones they are."""

from meetings.intake.citations.citation import Citation, System, canonical, family
from meetings.intake.citations.clues import CITES, STRENGTH, clues_of
from meetings.intake.citations.find import find_citations
from meetings.intake.citations.resolve import Candidate, Outcome, Resolution, resolve

__all__ = [
    "CITES",
    "STRENGTH",
    "Candidate",
    "Citation",
    "Outcome",
    "Resolution",
    "System",
    "canonical",
    "clues_of",
    "family",
    "find_citations",
    "resolve",
]
