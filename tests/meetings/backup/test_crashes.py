"""A run that is killed at any moment leaves the earlier ones whole, and the next one works."""

import os
import random
import shutil
import signal
import sys
from itertools import count
from pathlib import Path

import pytest

import storage
from meetings import backup
from meetings.backup import checking, runs, services
from meetings.installation import Installation

PACKAGES = tuple(str(Path(package.__file__).parent) for package in (backup, storage))
MOMENTS = 50 if os.environ.get("LONG_TESTS") else 10


def in_child(action, step: int, note: Path) -> bool:
    """Run an action in a child that is killed before its n-th line; say whether it was."""
    child = os.fork()
    if child == 0:
        lines = count()

        def trace(frame, event, _argument):
            if not frame.f_code.co_filename.startswith(PACKAGES):
                return None
            if event == "line" and next(lines) == step:
                os.kill(os.getpid(), signal.SIGKILL)
            return trace

        sys.settrace(trace)
        try:
            action()
            sys.settrace(None)
            note.write_text(str(next(lines)))
            os._exit(0)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


@pytest.mark.long
def test_a_killed_run_harms_nothing(create, filled, folder, identity, add_document, tmp_path):
    # of an earlier day, so that no later run takes its place
    earlier = create().run.rename(folder / "2026-01-01T00-00-00-000000Z")
    replaced = create().run
    add_document(b"New since then." * 9999)
    shutil.copytree(folder, tmp_path / "before")
    filled.close()

    def make() -> None:
        services.create(Installation(filled.settings), folder)

    def again() -> None:
        shutil.rmtree(folder)
        shutil.copytree(tmp_path / "before", folder)

    note = tmp_path / "lines"
    assert not in_child(make, -1, note)
    total, chance = int(note.read_text()), random.Random(3)
    assert total > 300
    for step in sorted(chance.sample(range(total), MOMENTS)):
        again()
        assert in_child(make, step, note), step
        assert checking.verify(folder, identity, earlier.name).originals == 2
        newest = checking.verify(folder, identity)
        assert newest.originals == (2 if newest.run == replaced.name else 3)
        assert create().files == 18
        assert len(runs.runs_of(folder)) == 2
        assert checking.verify(folder, identity).originals == 3
        assert list(filled.settings.instance.glob(".*")) == []
        assert list((folder / "blobs" / "tmp").iterdir()) == []
