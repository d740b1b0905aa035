"""How every kind of paper is worded, and an order to write one."""

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from bench.dossiers.people import Person

TABLE = Path(__file__).with_name("kinds.txt")


@dataclass(frozen=True)
class Wording:
    """How a kind is laid out, its titles and what it says first."""

    kind: int
    layout: str
    titles: tuple[tuple[str, ...], ...]
    says: str


@dataclass
class Order:
    """A paper to be written: about whom, from which day, with which title."""

    chance: Random
    person: Person
    wording: Wording
    date: dt.date
    title: tuple[str, ...]

    @property
    def says(self) -> str:
        """Return the first sentence with its names filled in."""
        return self.wording.says.format(name=self.person.name)


@cache
def wordings() -> tuple[Wording, ...]:
    """Return how every kind is written."""
    rows = TABLE.read_text(encoding="utf-8").splitlines()
    return tuple(_wording(*row.split(" | ")) for row in rows if row and not row.startswith("#"))


def _wording(kind: str, layout: str, titles: str, says: str) -> Wording:
    variants = tuple(tuple(title.split(" / ")) for title in titles.split(" || "))
    return Wording(int(kind), layout, variants, says)
