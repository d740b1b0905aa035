"""Tell whether a new paper is one already stored: the same file, the same number, the same text."""

from meetings.intake.same.same import Known, SameKind, Sameness, compare
from meetings.intake.same.shingles import shingles, similarity

__all__ = ["Known", "SameKind", "Sameness", "compare", "shingles", "similarity"]
