"""Guess what was meant where a word was mistyped."""

from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import normalize

import numpy as np

from search_index.analysis import Token, fold, tokens
from search_index.query import Accented, Phrase, Word
from search_index.syllables import near, written
from search_index.telex import reading
from search_index.units import Units
from search_index.view import View

_MOST_WORDS = 12


@dataclass(frozen=True)
class _Place:
    """Hold one word of a text between the words beside it."""

    view: View
    before: str | None
    after: str | None

    def company(self, word: str) -> Units:
        """Return the units in which the word stands beside one of its neighbours, each once a side.

        A word that is alone is in the company of every unit that has it.
        """
        sides = []
        if self.before:
            sides.append(self.view.occurrences(_pair(self.before, word)))
        if self.after:
            sides.append(self.view.occurrences(_pair(word, self.after)))
        return np.concatenate(sides or [self.view.occurrences(_word(word))])

    def meant(self, typed: str) -> str | None:
        """Return the word that the one typed should be, None where it is right or beyond guess."""
        keys = reading(typed)
        if len(self.company(typed)) or (keys and self._known(fold(keys))):
            return None
        best = max(near(typed), key=lambda word: len(self.company(word)), default=None)
        return best if best and len(self.company(best)) else None

    def spelled(self, word: str, typed: str) -> str:
        """Return the word with the accents that it has most often here, or that were typed."""
        units = np.unique(self.company(word))
        marks = set(normalize("NFD", typed.lower()))

        def likely(form: str) -> tuple[int, int]:
            found = self.view.occurrences(Accented(Word.of(form).exact))
            often = len(np.intersect1d(found, units, assume_unique=True))
            return often, len(marks.intersection(normalize("NFD", form)))

        return max(written(word), key=likely)

    def _known(self, word: str) -> bool:
        return bool(len(self.view.occurrences(_word(word))))


def suggestion(view: View, text: str) -> str | None:
    """Return a text with its mistyped words put right, None where nothing is to be put right."""
    found = list(tokens(text))[:_MOST_WORDS]
    folded = [Word.of(token.text).fold for token in found]
    accents = any(Word.of(token.text).accented for token in found)
    right: dict[Token, str] = {}
    for at, token in enumerate(found):
        place = _Place(
            view,
            folded[at - 1] if at else None,
            folded[at + 1] if at + 1 < len(folded) else None,
        )
        meant = place.meant(folded[at]) if folded[at].isalpha() else None
        if meant:
            folded[at] = meant
            said = place.spelled(meant, token.text)
            right[token] = _as(token.text, said if accents else fold(said))
    return _replaced(text, found, right) if right else None


def _replaced(text: str, found: Sequence[Token], right: dict[Token, str]) -> str:
    pieces, at = [], 0
    for token in found:
        pieces += [text[at : token.start], right.get(token, token.text)]
        at = token.end
    return "".join([*pieces, text[at:]])


def _as(typed: str, word: str) -> str:
    """Return a word in the capitals of the one typed."""
    if typed[1:].isupper():
        return word.upper()
    return word.capitalize() if typed[:1].isupper() else word


def _word(folded: str) -> Word:
    return Word(folded, folded)


def _pair(left: str, right: str) -> Phrase:
    return Phrase((_word(left), _word(right)))
