"""A program that makes an index and is killed on the way, as by `kill -9` or a power cut."""

import os
import signal
import subprocess
import sys
from pathlib import Path

COUNTED = """
import os, shutil, signal, sys
from pathlib import Path
from search_index import (
    DocumentEntry, PageEntry, Rebuild, SearchIndex, manifest, merging, rebuilding, writing
)

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

def after(function):
    def done(*given, **more):
        function(*given, **more)
        die()
    return done

def die_at(left):
    def counted(real):
        def call(*rest, **options):
            nonlocal left
            left -= 1
            if left < 0:
                die()
            return real(*rest, **options)
        return call

    for name in ("fsync", "rename", "remove", "replace", "unlink", "rmdir", "link", "mkdir"):
        setattr(os, name, counted(getattr(os, name)))
    for name in ("create_file", "open_file"):
        setattr(writing.Storage, name, counted(getattr(writing.Storage, name)))
    rebuilding.exchange = counted(rebuilding.exchange)

def document(name, text, version="1"):
    return DocumentEntry(name, version, (PageEntry(1, text),))

folder = Path(sys.argv[1])
"""


def run(program: str, folder: Path, *more: object) -> tuple[int, list[str]]:
    """Run a program that has the names above; return how it ended and the lines it printed."""
    command = [sys.executable, "-c", COUNTED + program, str(folder), *map(str, more)]
    environment = {**os.environ, "PYTHONPATH": os.curdir}
    done = subprocess.run(command, check=False, env=environment, capture_output=True)
    assert done.returncode in {0, -signal.SIGKILL}, done.stderr
    return done.returncode, done.stdout.decode().split()


def killed(program: str, folder: Path, *more: object) -> list[str]:
    """Run a program that has to die; return the lines it printed before."""
    code, lines = run(program, folder, *more)
    assert code == -signal.SIGKILL, "nothing stopped it"
    return lines
