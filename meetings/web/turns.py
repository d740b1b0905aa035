"""Whose turn it is to compute: a few requests at a time, in the order in which they came.

The threads of a process compute one after the other anyway. Where a hall of five hundred asks at
once, each would else get a slice in turn with all the others, and all would be late together.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Semaphore

from flask import current_app, g

PLACES = 4


class Turns(Semaphore):
    """The places of those who compute."""

    def __init__(self) -> None:
        super().__init__(PLACES)


@contextmanager
def turn() -> Iterator[None]:
    """Wait for a place, and hold it to the end or until `let_go`."""
    turns = current_app.extensions["turns"]
    turns.acquire()
    g.turns = turns
    try:
        yield
    finally:
        let_go()


def let_go() -> None:
    """Leave the place to the next: what follows waits for something or takes its time."""
    if turns := g.pop("turns", None):
        turns.release()
