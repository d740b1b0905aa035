"""Say what counts how much in the order of the answers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """Hold the share of each thing in a score; a word in a page is 1.

    A paper without a day of issue is a draft more often than not, and has `undated` of its score.
    A title is worth `whole` times as much where it has all the words next to one another, as asked.
    """

    title: float = 5.0
    whole: float = 1.25
    pair: float = 1.0
    accents: float = 0.6
    phrase: float = 1.5
    undated: float = 0.8


WEIGHTS = Weights()
"""The weights of the product, chosen on public texts with known answers."""
