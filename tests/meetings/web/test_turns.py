"""A few requests compute at a time; who waits for something else lets the others go first."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlow
from dataclasses import dataclass, field
from threading import Event, Semaphore

import pytest
from flask import Flask, abort

from meetings.web.context import stop_reading
from meetings.web.pages import Pages
from meetings.web.turns import PLACES

SOON, LATE = 0.3, 20


@dataclass
class Hall:
    """Requests that stay where they are until they are told to go on."""

    came: Semaphore = field(default_factory=lambda: Semaphore(0))
    go_on: Event = field(default_factory=Event)

    def stay(self) -> None:
        self.came.release()
        assert self.go_on.wait(LATE)


@pytest.fixture
def hall() -> Hall:
    return Hall()


@pytest.fixture
def app(app: Flask, hall: Hall) -> Flask:
    """The application with a few routes of our own."""
    pages = Pages("probe", __name__)

    @pages.get("/probe/compute", needs=None)
    def compute() -> tuple[str, int]:
        hall.stay()
        return "", 204

    @pages.get("/probe/wait", needs=None)
    def wait() -> tuple[str, int]:
        stop_reading()
        hall.stay()
        return "", 204

    @pages.post("/probe/send", needs=None)
    def send() -> tuple[str, int]:
        return "", 204

    @pages.get("/probe/quick", needs=None)
    def quick() -> tuple[str, int]:
        return "", 204

    @pages.get("/probe/stumble", needs=None)
    def stumble() -> None:
        abort(404)

    pages.register(app)
    return app


Ask = Callable[[str], "Future[int]"]


@pytest.fixture
def ask(app: Flask, hall: Hall) -> Iterator[Ask]:
    """Return what asks beside everybody else."""
    with ThreadPoolExecutor(PLACES + 1) as threads:

        def ask(path: str) -> "Future[int]":
            return threads.submit(lambda: app.test_client().get(path, buffered=True).status_code)

        yield ask
        hall.go_on.set()


def full(ask: Ask, hall: Hall, path: str) -> list["Future[int]"]:
    asked = [ask(path) for _ in range(PLACES)]
    for _ in asked:
        assert hall.came.acquire(timeout=LATE)
    return asked


def test_who_comes_when_every_place_is_taken_waits_for_one(ask, hall):
    first = full(ask, hall, "/probe/compute")
    last = ask("/probe/quick")
    with pytest.raises(TooSlow):
        last.result(SOON)
    hall.go_on.set()
    assert last.result(LATE) == 204
    assert [one.result(LATE) for one in first] == [204] * PLACES


def test_who_waits_for_something_else_keeps_nobody_waiting(ask, hall):
    full(ask, hall, "/probe/wait")
    assert ask("/probe/quick").result(LATE) == 204


def test_what_is_sent_waits_for_no_place(ask, hall, client):
    full(ask, hall, "/probe/compute")
    assert client.submit("/probe/send").status_code == 204


def test_what_is_refused_gives_its_place_back(client):
    for _ in range(PLACES + 1):
        assert client.get("/probe/stumble").status_code == 404
    assert client.get("/probe/quick").status_code == 204


def test_a_place_that_was_left_is_given_back_once(ask, hall, client):
    hall.go_on.set()
    for _ in range(PLACES + 1):
        assert client.get("/probe/wait").status_code == 204
        assert hall.came.acquire(timeout=LATE)
    hall.go_on.clear()
    full(ask, hall, "/probe/compute")
    with pytest.raises(TooSlow):
        ask("/probe/quick").result(SOON)
