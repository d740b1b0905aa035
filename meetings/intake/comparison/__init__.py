"""Compare two versions of a paper by paragraph and word."""

from meetings.intake.comparison.comparison import Change, ChangeKind, Comparison, Piece, compare

__all__ = ["Change", "ChangeKind", "Comparison", "Piece", "compare"]
