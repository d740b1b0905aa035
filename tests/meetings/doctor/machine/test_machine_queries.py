"""What Linux tells, read from a tree of files like the one that it shows."""

import ctypes
import os
import resource
from pathlib import Path
from types import SimpleNamespace

import pytest

from meetings.doctor.machine import queries


@pytest.fixture
def block(tmp_path, monkeypatch) -> Path:
    """A machine without disks yet."""
    monkeypatch.setattr(queries, "BLOCK", tmp_path / "block")
    monkeypatch.setattr(queries, "SWAPS", tmp_path / "swaps")
    return tmp_path / "block"


def disk(at: Path, uuid: str = "") -> Path:
    (at / "slaves").mkdir(parents=True)
    if uuid:
        (at / "dm").mkdir()
        (at / "dm/uuid").write_text(f"{uuid}\n")
    return at


def here(block: Path, place: Path) -> Path:
    number = place.stat().st_dev
    return block / f"{os.major(number)}:{os.minor(number)}"


def test_a_folder_on_a_plain_or_unknown_disk_is_not_encrypted(block, tmp_path):
    assert not queries.is_encrypted(tmp_path)
    disk(here(block, tmp_path))
    assert not queries.is_encrypted(tmp_path)


def test_a_folder_on_a_crypt_device_is_encrypted_also_below_volumes(block, tmp_path):
    volume = disk(here(block, tmp_path), "LVM-abc")
    assert not queries.is_encrypted(tmp_path)
    disk(volume / "slaves/dm-1", "CRYPT-LUKS2-abc")
    assert queries.is_encrypted(tmp_path)
    disk(volume / "slaves/sdb")
    assert not queries.is_encrypted(tmp_path), "a volume over two disks, one of them plain"


def test_swap_is_told_unless_it_is_encrypted_or_in_memory(block, tmp_path):
    file = tmp_path / "swap.img"
    file.touch()
    head = "Filename Type Size Used Priority"
    lines = [head, f"{file} file 100 0 -2", "/dev/zram0 partition 100 0 5"]
    queries.SWAPS.write_text("\n".join(lines))
    assert list(queries.plain_swap()) == [str(file)]
    disk(here(block, tmp_path), "CRYPT-PLAIN-swap")
    assert list(queries.plain_swap()) == []
    queries.SWAPS.write_text(f"{head}\n/dev/null partition 100 0 -2\n")
    assert list(queries.plain_swap()) == ["/dev/null"], "a partition is its own device"
    number = Path("/dev/null").stat().st_rdev
    disk(block / f"{os.major(number)}:{os.minor(number)}", "CRYPT-PLAIN-swap")
    assert list(queries.plain_swap()) == []


def test_the_machine_that_this_runs_on_can_be_asked():
    assert all(isinstance(name, str) for name in queries.plain_swap())
    assert isinstance(queries.is_encrypted(Path("/")), bool)
    assert isinstance(queries.clock_is_kept(), bool)


@pytest.mark.parametrize(
    ("hard", "allowed"), [(1024, 1024), (resource.RLIM_INFINITY, queries.MANY_FILES)]
)
def test_what_may_be_opened_is_what_the_process_may_be_given(monkeypatch, hard, allowed):
    monkeypatch.setattr(resource, "getrlimit", lambda _kind: (256, hard))
    assert queries.files_allowed() == allowed


def test_each_tablet_has_a_stream_and_a_connection():
    assert queries.files_needed(500) - queries.files_needed(499) == 2
    assert queries.files_needed(536) > 1024, "what an ordinary shell allows is not enough"


@pytest.mark.parametrize(("state", "kept"), [(0, True), (4, True), (queries.NOT_KEPT, False)])
def test_the_kernel_says_whether_the_clock_is_kept(monkeypatch, state, kept):
    library = SimpleNamespace(adjtimex=lambda _nothing_to_change: state)
    monkeypatch.setattr(ctypes, "CDLL", lambda _all: library)
    assert queries.clock_is_kept() is kept
