"""Bombs: each has a verdict within the walls that the must names, and nobody else waits for it."""

import os
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from meetings.intake import Limits, Reason, inspect_file, prepare_pages, sandbox
from tests.meetings.intake.bombs import BOMBS

LIMITS = Limits(cpu_seconds=20, wall_seconds=20, address_space=512 << 20)
LIT = list(BOMBS) if os.environ.get("LONG_TESTS") else list(BOMBS)[3::8]
GIVEN_UP = {Reason.TIMED_OUT, Reason.OUT_OF_MEMORY, Reason.TOO_MUCH_OUTPUT, Reason.CRASHED}
JUDGED = {None, Reason.DAMAGED, Reason.TOO_MANY_PAGES}


@pytest.fixture
def bomb(tmp_path: Path):
    def lay(name: str) -> Path:
        file = tmp_path / "bomb.pdf"
        file.write_bytes(BOMBS[name]())
        return file

    return lay


def test_twenty_five_bombs_are_small():
    assert len(BOMBS) == 25


@pytest.mark.long
@pytest.mark.parametrize("name", LIT)
def test_every_bomb_has_a_verdict_and_a_first_page_or_the_reason_why_not(bomb, output, name):
    file = bomb(name)
    assert file.stat().st_size < 32 << 20
    verdict = inspect_file(file, file.name, LIMITS)
    print(f"{name}: {file.stat().st_size} bytes, {verdict.reason or 'accepted'}", end="")
    assert verdict.reason in JUDGED | GIVEN_UP
    if verdict.accepted:
        [page] = prepare_pages(file, output, [1], LIMITS)
        print(f", page {page.reason or 'made'}", end="")
        assert page.reason is None or page.reason in GIVEN_UP | {Reason.DAMAGED}
        assert sum(picture.stat().st_size for picture in output.iterdir()) < 8 << 20
    print()


def test_a_verdict_never_gets_more_time_or_memory_than_the_must_names(bomb, monkeypatch):
    given = []

    def note(_task, _path, *, arguments, limits):
        given.append(limits)
        yield {"reason": Reason.DAMAGED}

    monkeypatch.setattr(sandbox, "run", note)
    inspect_file(bomb("pages in a circle"), "bomb.pdf", Limits(pages=7))
    inspect_file(bomb("pages in a circle"), "bomb.pdf", replace(LIMITS, wall_seconds=3))
    assert [limits.wall_seconds for limits in given] == [20, 3]
    assert {limits.address_space for limits in given} == {512 << 20}
    assert [limits.pages for limits in given] == [7, LIMITS.pages]


def test_others_are_served_while_two_bombs_burn(bomb, world, sign_in):
    file, verdicts = bomb("drawings in drawings"), []
    short = Limits(cpu_seconds=3, wall_seconds=6, address_space=512 << 20)
    over = threading.Event()

    def burn() -> None:
        while not over.is_set():
            verdicts.append(inspect_file(file, file.name, short))

    burning = [threading.Thread(target=burn) for _ in "12"]
    for thread in burning:
        thread.start()
    client = sign_in(world.delegate)
    served = [client.get("/").status_code for _ in range(20)]
    assert all(thread.is_alive() for thread in burning)
    over.set()
    for thread in burning:
        thread.join()
    assert served == [200] * 20
    assert verdicts
    assert sandbox.state() == "bubblewrap"
