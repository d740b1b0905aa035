import io
import os
from contextlib import closing

import pytest

from meetings.intake import memory, sandbox, walls
from meetings.intake.memory import in_memory, opened_for_child
from meetings.intake.sandboxed import inspect_file


@pytest.fixture(params=["bubblewrap", "rlimits"])
def _either_walls(request, monkeypatch):
    if request.param == "rlimits":
        monkeypatch.setattr(walls, "_identity", lambda: None)


def lay(content):
    return in_memory(io.BytesIO(content), len(content))


def test_a_file_of_memory_is_read_by_its_path_and_goes_with_its_block():
    with lay(b"plain" * 1000) as path:
        assert path.read_bytes() == b"plain" * 1000
        assert path.stat().st_size == 5000
        assert "memfd:" in str(path.readlink())
    assert not path.exists()


def test_nobody_can_change_a_file_of_memory():
    with lay(b"plain") as path, pytest.raises(PermissionError):
        path.write_bytes(b"other")


def test_no_more_is_laid_out_than_fits_into_memory(monkeypatch, tmp_path):
    information = tmp_path / "meminfo"
    monkeypatch.setattr(memory, "MEMORY_INFO", information)
    needed = (memory.COPIES * (1 << 20) + memory.SPARE) // 1024
    information.write_text(f"MemTotal: 9 kB\nMemAvailable: {needed} kB\n")
    with lay(b"x" * (1 << 20)) as path:
        assert path.exists()
    information.write_text(f"MemTotal: 9 kB\nMemAvailable: {needed - 1} kB\n")
    with pytest.raises(MemoryError), lay(b"x" * (1 << 20)):
        pass


def test_a_file_with_a_name_is_lent_by_its_name(tmp_path):
    file = tmp_path / "paper.pdf"
    file.touch()
    with opened_for_child(tmp_path / "." / "paper.pdf") as lent:
        assert lent == (file.resolve(), ())
    with pytest.raises(FileNotFoundError), opened_for_child(tmp_path / "none"):
        pass


def test_each_child_reads_a_file_of_memory_from_its_beginning():
    with lay(b"plain") as path, opened_for_child(path) as (lent, (descriptor,)):
        assert os.read(descriptor, 9) == b"plain"
        with opened_for_child(path) as (_, (other,)):
            assert os.read(other, 9) == b"plain"
        assert memory.descriptor_of(lent) == descriptor
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(descriptor)


@pytest.mark.usefixtures("_either_walls")
def test_the_sandbox_reads_a_file_of_memory_as_any_other(make_pdf, output):
    content = make_pdf("text", "blank").read_bytes()
    with lay(content) as path:
        assert [inspect_file(path, "a.pdf").pages for _ in range(2)] == [2, 2]
        order = {"numbers": [1, 2]}
        with closing(sandbox.run("pages", path, output=output, arguments=order)) as answers:
            assert [answer["number"] for answer in answers] == [1, 2]
