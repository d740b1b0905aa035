"""Guess the surname of which a seal has left several bad readings."""

import difflib
from collections.abc import Sequence
from statistics import mean

from meetings.intake.fold import fold
from meetings.intake.header.names import SURNAMES

LIKELY, ALIKE = 0.6, 0.8  # of the letters agree, for usual surnames and for others
HALF = 0.5
_COMMON = {"Nguyễn": 0.06, "Trần": 0.05, "Lê": 0.05, "Phạm": 0.05}  # two of three people
_SHORT = 3
_USUAL = set(SURNAMES[:26])


def likely_surname(readings: Sequence[str]) -> str | None:
    """Return the usual surname that most readings of a word come near to, or None."""
    heads = [reading.lower().strip(" .:;'\"“|") for reading in readings]
    heads = [head for head in heads if len(head) > 1]
    if not heads:
        return None
    scores = {name: _nearness(name.lower(), heads) + _COMMON.get(name, 0.0) for name in SURNAMES}
    best = max(scores, key=lambda name: scores[name])
    least = HALF if len(best) < _SHORT else LIKELY if best in _USUAL else ALIKE
    return best if scores[best] >= least else None


def _nearness(name: str, heads: Sequence[str]) -> float:
    """Return how near the better half of the readings comes.

    Of a short name a seal leaves the vowel, whose marks tell it from others.
    """
    if len(name) < _SHORT:
        short = [head for head in heads if len(head) <= _SHORT + 1]
        return sum(head[-1] == name[-1] for head in short) / len(heads)
    plain = fold(name)
    ratios = sorted(
        (difflib.SequenceMatcher(None, plain, fold(head)).ratio() for head in heads), reverse=True
    )
    return mean(ratios[: (len(ratios) + 1) // 2])
