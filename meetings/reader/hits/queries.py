"""What an address says of the search that a document was opened from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ASKED = ("q", "type", "validity", "term", "year", "issuer", "signer", "sort", "typing")
"""What a search asks in its address, and what the reader takes along from hit to hit."""
LONGEST = 1000
MOST = 10_000_000


@dataclass(frozen=True)
class Trail:
    """A search, the place of the open document among its hits, and how many there are."""

    asked: Mapping[str, Any]
    place: int = 0
    count: int = 0

    def __bool__(self) -> bool:
        return self.place > 0

    @property
    def address(self) -> Mapping[str, Any]:
        """Return what an address has to say, so that the next page knows it too."""
        return {**self.asked, "hit": self.place, "of": self.count} if self else self.asked

    @property
    def before(self) -> int | None:
        """Return the place of the hit before, if there is one."""
        return self.place - 1 if self.place > 1 else None

    @property
    def after(self) -> int | None:
        """Return the place of the next hit, if there is one."""
        return self.place + 1 if self.place < self.count else None


def trail_of(said: Mapping[str, str]) -> Trail:
    """Return the search that an address tells of; numbers that cannot be are none."""
    asked = {name: said[name][:LONGEST] for name in ASKED if said.get(name)}
    place, count = _number(said.get("hit", "")), _number(said.get("of", ""))
    return Trail(asked, place, count) if 0 < place <= count else Trail(asked)


def _number(said: str) -> int:
    """Return a number from an address, nought where it is none."""
    plain = said.isascii() and said.isdigit() and len(said) <= len(str(MOST))
    return min(int(said), MOST) if plain else 0
