"""Find the agenda item to which a file belongs, by its name and by what it says of itself."""

from meetings.intake.matching.matching import Certainty, File, Item, Match, match

__all__ = ["Certainty", "File", "Item", "Match", "match"]
