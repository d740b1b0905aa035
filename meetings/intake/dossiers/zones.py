"""A part of a page in which phrases are looked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from meetings.intake.dossiers.nearness import find, forgiven, grams, letters
from meetings.intake.header.lines import Line

STRICTLY = 9  # letters of a phrase for which running text is forgiven a slip


@dataclass(frozen=True)
class Zone:
    """Lines as one row of letters; running text is read more strictly than titles."""

    text: str
    strict: bool = False

    @cached_property
    def grams(self) -> frozenset[str]:
        """Return all runs of three letters."""
        return grams(self.text)

    def slips(self, phrases: str) -> tuple[int, int] | None:
        """Return letters said and slips of the best of these phrases here, None for none."""
        best: tuple[int, int] | None = None
        for phrase in map(letters, phrases.split("|")):
            most = len(phrase) // STRICTLY if self.strict else forgiven(phrase)
            hit = find(phrase, self.text, self.grams, most)
            if hit and (best is None or len(phrase) - 3 * hit.slips > best[0] - 3 * best[1]):
                best = len(phrase), hit.slips
        return best


def joined(lines: Sequence[Line]) -> str:
    """Return the letters of lines with nothing between them."""
    return "".join(letters(line.text) for line in lines)
