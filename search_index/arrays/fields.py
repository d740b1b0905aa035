"""Describe to Whoosh's schema the fields whose posting lists are arrays.

A value is a list of keys: what a text is cut into is decided above, once for index and queries.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from whoosh.fields import FieldType
from whoosh.formats import Existence, Positions

Posting = tuple[bytes, int, float, bytes]


class Keys(FieldType):
    """Index a list of keys with the number of times each occurs."""

    placed = False
    pairs: str | None = None

    def __init__(self, *, scorable: bool = False) -> None:
        form = Positions() if self.placed else Existence()
        super().__init__(format=form, analyzer=None, scorable=scorable)

    def index(self, value: Sequence[str], **_: Any) -> Iterator[Posting]:
        """Yield what Whoosh's own writer stores for each key."""
        places: dict[str, list[int]] = defaultdict(list)
        for place, key in enumerate(value):
            places[key].append(place)
        for key, at in places.items():
            more = self.format.encode(at) if self.placed else b""
            yield key.encode(), len(at), float(len(at)), more


class Words(Keys):
    """Index a list of keys with their places; another field may take the pairs of neighbours."""

    placed = True

    def __init__(self, *, pairs: str | None = None, scorable: bool = True) -> None:
        super().__init__(scorable=scorable)
        self.pairs = pairs
