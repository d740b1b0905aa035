"""Who is meant by a name in a list, by the posts that people hold."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from meetings.intake import tables
from meetings.intake.fold import words_of
from meetings.models import Person
from meetings.organisation.queries import Listed

ADDRESSED = ("dong chi ", "d/c ", "d.c ", "ong ", "ba ")
"""What lists put before a name."""
NEAR = 5
"""People of nearly the same name who are offered."""


SKIPPED, NEW = "skip", "new"
"""What is chosen for a row that is left out, and for one about somebody who is not known yet."""


class ChangedMeanwhileError(Exception):
    """What a table was compared with is another by now, or something in it is still open."""


class Certainty(StrEnum):
    """How sure it is who is meant (domain: chắc, đoán, không có)."""

    SURE = "sure"
    GUESS = "guess"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Found:
    """Who may be meant, and the one who is taken unless somebody says otherwise."""

    candidates: Sequence[Listed]
    certainty: Certainty
    best: Listed | None = None


class Change(StrEnum):
    """What becomes of a row."""

    ADDED = "added"
    POSTED = "posted"
    ENDED = "ended"
    CHANGED = "changed"
    SAME = "same"
    SKIPPED = "skipped"
    OPEN = "open"
    """Somebody has to say who is meant."""
    WRONG = "wrong"


TAKEN = (Change.ADDED, Change.POSTED, Change.ENDED, Change.CHANGED)
UNSETTLED = (Change.OPEN, Change.WRONG)


class Judged(Protocol):
    """A row with who is meant by it and what becomes of it."""

    @property
    def found(self) -> Found:
        """Return who may be meant."""

    @property
    def change(self) -> Change:
        """Return what becomes of it."""


Row = TypeVar("Row", bound=Judged)


@dataclass(frozen=True)
class Rows(Generic[Row]):
    """All that a table would change, and a mark of what it rests on."""

    table: tables.Table
    lines: Sequence[Row] = ()
    mark: str = ""

    def of(self, *changes: Change) -> list[Row]:
        """Return the rows of which this becomes."""
        return [line for line in self.lines if line.change in changes]

    @property
    def taken(self) -> list[Row]:
        """Return the rows that change something."""
        return self.of(*TAKEN)

    @property
    def unsettled(self) -> list[Row]:
        """Return the rows that somebody has to do something about."""
        return self.of(*UNSETTLED)

    @property
    def guessed(self) -> list[Row]:
        """Return the other rows of which it is not sure who is meant."""
        return [line for line in self._settled if line.found.certainty is Certainty.GUESS]

    @property
    def clear(self) -> list[Row]:
        """Return the rows about which there is no doubt."""
        return [line for line in self._settled if line.found.certainty is not Certainty.GUESS]

    @property
    def is_ready(self) -> bool:
        """Tell whether nothing is open and something is to be done."""
        return bool(self.taken) and not self.unsettled

    @property
    def _settled(self) -> list[Row]:
        return [line for line in self.lines if line.change not in UNSETTLED]


class Register:
    """Everybody who could be meant, by name."""

    def __init__(self, everybody: Iterable[Listed]) -> None:
        self._alike: dict[str, list[Listed]] = defaultdict(list)
        self._near: dict[tuple[str, str], list[Listed]] = defaultdict(list)
        for listed in everybody:
            key = name_in(listed.person.full_name)
            self._alike[key].append(listed)
            self._near[_ends(key)].append(listed)

    def found(self, name: str, *, body: str = "", post: str = "") -> Found:
        """Return who is meant by a name, which a body and a post may make sure."""
        key = name_in(name)
        alike = self._alike.get(key, ())
        if not alike:
            return Found(self._near.get(_ends(key), ())[:NEAR], Certainty.NOBODY)
        serving = [one for one in alike if _serves(one, words_of(body), words_of(post))]
        fitting = serving or alike
        if len(fitting) > 1:
            return Found([*serving, *(one for one in alike if one not in serving)], Certainty.GUESS)
        (best,) = fitting
        sure = bool(serving) and _same_letters(best.person, name)
        return Found(alike, Certainty.SURE if sure else Certainty.GUESS, best)


def choice_in(found: Found, chosen: str | None) -> tuple[str, Listed | None]:
    """Return the choice for a row and who is meant; what was never offered counts as none."""
    if chosen == SKIPPED:
        return SKIPPED, None
    offered = {str(one.person.id): one for one in found.candidates}
    if chosen in offered:
        return chosen, offered[chosen]
    return (str(found.best.person.id), found.best) if found.best else ("", None)


def name_in(text: str) -> str:
    """Return a name without accents and without the form of address before it."""
    said = words_of(text)
    return next((said.removeprefix(one) for one in ADDRESSED if said.startswith(one)), said)


def _ends(key: str) -> tuple[str, str]:
    """Return family name and given name."""
    names = key.split() or [""]
    return names[0], names[-1]


def _same_letters(person: Person, name: str) -> bool:
    """Tell whether a name, with or without a form of address, has the accents of a person's."""
    return _letters(name).endswith(_letters(person.full_name))


def _letters(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _serves(listed: Listed, body: str, post: str) -> bool:
    """Tell whether somebody holds the post in the body, as far as either is said."""
    both = f"{post} {body}".strip()
    return bool(both) and any(
        (not post or _part(words_of(one.title), both) or _part(post, words_of(one.title)))
        and (
            not body or _part(words_of(one.body.name), both) or _part(body, words_of(one.body.name))
        )
        for one in listed.posts
    )


def _part(some: str, whole: str) -> bool:
    """Tell whether words stand in others, as whole words."""
    return f" {some} " in f" {whole} "
