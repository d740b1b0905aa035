"""What the doctor finds of the machine: its disk, memory, limits, clock, walls and programs."""

import dataclasses
import platform
from datetime import timedelta

import pytest

from meetings import clock
from meetings.doctor.machine import queries
from meetings.doctor.machine import services as machine
from meetings.doctor.machine.services import Light


def lights(check, installation) -> list[Light]:
    return [finding.light for finding in check(installation)]


@pytest.mark.parametrize(
    ("free", "light"), [(99, Light.RED), (100, Light.AMBER), (399, Light.AMBER), (400, Light.GREEN)]
)
def test_the_room_on_the_disk_is_weighed_against_the_floor(installation, monkeypatch, free, light):
    installation.settings = dataclasses.replace(installation.settings, min_free=100)
    monkeypatch.setattr(machine, "free_bytes", lambda _folder: free)
    assert lights(machine.disk, installation) == [light]


@pytest.mark.parametrize(("slow", "light"), [(60.0, Light.GREEN), (0.0, Light.AMBER)])
def test_a_slow_disk_is_amber_and_the_trial_leaves_nothing(installation, monkeypatch, slow, light):
    monkeypatch.setattr(machine, "SLOW_FSYNC", slow)
    before = sorted(installation.settings.instance.iterdir())
    assert lights(machine.flushing, installation) == [light]
    assert sorted(installation.settings.instance.iterdir()) == before


def test_what_is_missing_on_the_machine_is_named(installation, monkeypatch):
    monkeypatch.setattr(machine.shutil, "which", lambda _program: None)
    monkeypatch.setattr(machine, "print_problem", lambda: "install fonts-liberation2")
    said = " ".join(str(finding) for finding in machine.programs(installation))
    for word in ("tesseract", "libreoffice", "fonts-liberation2"):
        assert word in said
    assert set(lights(machine.programs, installation)) == {Light.AMBER}


def test_files_opened_without_walls_are_red(installation, monkeypatch):
    monkeypatch.setattr(machine, "sandbox_state", lambda: "rlimits")
    assert lights(machine.sandbox, installation) == [Light.RED]


def test_a_sandbox_without_programs_is_red(installation, monkeypatch):
    assert lights(machine.sandbox, installation) == [Light.GREEN]
    monkeypatch.setattr(machine, "sandbox_opens_programs", lambda: False)
    [found] = machine.sandbox(installation)
    assert found.light is Light.RED
    assert "refused" in str(found)


@pytest.mark.parametrize(
    ("there", "age", "expected"),
    [
        (False, None, Light.AMBER),
        (True, None, Light.AMBER),
        (True, timedelta(days=1), Light.GREEN),
        (True, timedelta(days=8), Light.AMBER),
    ],
)
def test_a_virus_scanner_is_green_while_its_signatures_are_fresh(
    installation, monkeypatch, there, age, expected
):
    monkeypatch.setattr(machine, "is_there", lambda _place: there)
    monkeypatch.setattr(machine, "signatures_of", lambda _place: age and clock.now() - age)
    assert lights(machine.scanner, installation) == [expected]


def test_what_runs_here_is_named(installation):
    [found] = machine.versions(installation)
    assert found.light is Light.GREEN
    assert platform.python_version() in str(found)


def test_memory_that_may_come_to_a_plain_disk_is_named(installation, monkeypatch):
    monkeypatch.setattr(queries, "plain_swap", lambda: iter(()))
    assert lights(machine.memory, installation) == []
    monkeypatch.setattr(queries, "plain_swap", lambda: iter(["/dev/sda3", "/swap.img"]))
    said = [str(found) for found in machine.memory(installation)]
    assert ["/dev/sda3" in said[0], "/swap.img" in said[1]] == [True, True]
    assert set(lights(machine.memory, installation)) == {Light.AMBER}


@pytest.mark.parametrize(("short", "light"), [(0, Light.GREEN), (1, Light.AMBER)])
def test_too_few_open_files_for_the_tablets_are_amber(installation, monkeypatch, short, light):
    needed = queries.files_needed(installation.settings.streams)
    monkeypatch.setattr(queries, "files_allowed", lambda: needed - short)
    [found] = machine.connections(installation)
    assert found.light is light
    assert str(installation.settings.streams) in str(found)


@pytest.mark.parametrize(("kept", "light"), [(True, Light.GREEN), (False, Light.AMBER)])
def test_a_clock_that_nobody_keeps_is_amber(installation, monkeypatch, kept, light):
    monkeypatch.setattr(queries, "clock_is_kept", lambda: kept)
    assert lights(machine.timekeeping, installation) == [light]
