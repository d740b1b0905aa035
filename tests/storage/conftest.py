import itertools
import os
import random
import signal
import sys
from pathlib import Path

import pytest

import storage
from storage import Store
from storage.blob import CHUNK

PACKAGE = str(Path(storage.__file__).parent)


@pytest.fixture(scope="session")
def plenty():
    """Three chunks and a bit of noise, to cut plain texts from."""
    return random.Random(7).randbytes(3 * CHUNK + 4321)


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "blobs", floor=0)


@pytest.fixture
def drafts(store):
    """Return what is being written, or was left behind."""
    return lambda: sorted((store.folder / "tmp").iterdir())


@pytest.fixture
def kill():
    """Run an action in a child killed before its n-th line in storage; say whether it was."""

    def run(action, step):
        child = os.fork()
        if child == 0:
            _die_at(step)
            try:
                action()
                os._exit(0)
            finally:
                os._exit(1)
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
        return os.WIFSIGNALED(status)

    return run


def _die_at(step):
    lines = itertools.count()

    def trace(frame, event, _argument):
        if not frame.f_code.co_filename.startswith(PACKAGE):
            return None
        if event == "line" and next(lines) == step:
            os.kill(os.getpid(), signal.SIGKILL)
        return trace

    sys.settrace(trace)
