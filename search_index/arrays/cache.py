"""Keep what was worked out of lists that never change, up to a number of bytes, for all threads."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Protocol, TypeVar, cast

BUDGET = 128 << 20


class Sized(Protocol):
    """Say how many bytes it takes."""

    @property
    def nbytes(self) -> int:
        """Return the bytes it takes."""


Kept = TypeVar("Kept", bound=Sized | None)
_OVERHEAD = 200


class Cache:
    """Forget what was used longest ago once the budget is spent.

    Keys begin with the name of a segment. A segment never changes, so nothing becomes untrue; what
    belongs to one that is gone is not asked for again and goes in its turn.
    """

    def __init__(self, budget: int = BUDGET) -> None:
        self._budget = budget
        self._kept: OrderedDict[Hashable, Sized | None] = OrderedDict()
        self._lock = Lock()
        self.bytes = 0

    def get(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """Return what is kept under a key, made now if it is not there."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return cast("Kept", self._kept[key])
        made = make()
        with self._lock:
            if key not in self._kept:
                self._kept[key] = made
                self.bytes += _size(made)
                while self.bytes > self._budget:
                    self.bytes -= _size(self._kept.popitem(last=False)[1])
        return made

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()
            self.bytes = 0

    def __len__(self) -> int:
        return len(self._kept)


def _size(kept: Sized | None) -> int:
    return _OVERHEAD + (kept.nbytes if kept is not None else 0)


SHARED = Cache()
"""The cache of this process."""
