"""The walls around a child that reads hostile files: bubblewrap where it can start."""

import logging
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from meetings.intake.memory import descriptor_of

PACKAGE = Path(__file__).parent
PROJECT = PACKAGE.parents[1]
# An isolated Python finds nothing of ours by itself, so its first argument is where that stands.
_START = (
    "import runpy, sys; sys.path.insert(0, sys.argv[1]);"
    "runpy.run_path(sys.argv[2], run_name='__main__')"
)
BUBBLEWRAP = "bwrap"
PYTHON = (sys.executable, "-I", "-B", "-c")

SCRATCH = str(Path("/", "tmp"))  # a folder of its own for each child, gone with it
_PROGRAMS = (
    *("--proc", "/proc", "--dev", "/dev", "--symlink", "usr/bin", "/bin"),
    *("--ro-bind-try", "/etc/fonts", "/etc/fonts"),
    *("--ro-bind-try", "/etc/libreoffice", "/etc/libreoffice"),
    *("--ro-bind-try", "/var/cache/fontconfig", "/var/cache/fontconfig"),
    *("--setenv", "PATH", "/usr/bin:/bin", "--setenv", "HOME", SCRATCH),
    *("--setenv", "LANG", "C.UTF-8", "--setenv", "OMP_THREAD_LIMIT", "1"),
)
_NOBODY = ("--uid", "65534", "--gid", "65534")
_NO_IDENTITY: tuple[str, ...] = ()  # a root without user namespaces has bubblewrap, not --uid

log = logging.getLogger(__name__)


class Inside(NamedTuple):
    """A child's command line, and where it finds its source and its output folder."""

    command: list[str]
    source: Path
    output: Path | None


def enclose(
    program: Path, source: Path, output: Path | None, *, scratch: int, programs: bool = False
) -> Inside:
    """Return how to start a program within the strongest walls that this machine can build.

    `programs` shows it what the programs of the machine need: processes, devices and fonts.

    Without bubblewrap the child has its limits and its process group only.
    """
    identity = _identity()
    child = [*PYTHON, _START, str(PROJECT), str(program)]
    if identity is None:
        return Inside(child, source, output)
    places = [*_read_only(program), *(_PROGRAMS if programs else ()), *_bound(source)]
    if output is not None:
        places += ["--bind", str(output), "/output"]
    command = [*_bubblewrap(identity, scratch), *places, "--remount-ro", "/", "--", *child]
    return Inside(command, Path("/source"), output and Path("/output"))


def _bound(source: Path) -> tuple[str, str, str]:
    """Show the source; bubblewrap copies a file of memory, which has no name to bind."""
    descriptor = descriptor_of(source)
    if descriptor is None:
        return ("--ro-bind", str(source), "/source")
    return ("--ro-bind-data", str(descriptor), "/source")


def state() -> str:
    """Return what the walls are made of: "bubblewrap" or "rlimits"."""
    return "rlimits" if _identity() is None else "bubblewrap"


@cache
def opens_programs() -> bool:
    """Tell whether a child may have the machine's programs, which look into a /proc of their own.

    Where something covers a part of the service's /proc, the kernel allows no other one.
    """
    identity = _identity()
    if identity is None:
        return True
    command = [*_bubblewrap(identity, 1), *_read_only(Path(__file__)), *_PROGRAMS]
    return _starts([*command, "--", *PYTHON, ""])


@cache
def _identity() -> tuple[str, ...] | None:
    for identity in (_NOBODY, _NO_IDENTITY):
        command = [*_bubblewrap(identity, 1), *_read_only(Path(__file__)), "--", *PYTHON, ""]
        if _starts(command):
            return identity
    log.warning("bubblewrap cannot start: hostile files are read under rlimits only")
    return None


def _starts(command: Sequence[str]) -> bool:
    try:
        started = subprocess.run(command, capture_output=True, env={}, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return started.returncode == 0


def _bubblewrap(identity: Sequence[str], scratch: int) -> list[str]:
    return [
        BUBBLEWRAP,
        *("--unshare-all", "--die-with-parent", "--new-session", "--clearenv"),
        *("--cap-drop", "ALL", *identity),
        *("--size", str(scratch), "--tmpfs", SCRATCH, "--chdir", SCRATCH),
    ]


def _read_only(program: Path) -> Iterator[str]:
    """Show the system, Python, its packages and our own code, and nothing beside them."""
    for path in (Path("/lib"), Path("/lib64")):
        yield from ("--ro-bind-try", str(path), str(path))
    wanted = {Path("/usr"), Path(sys.base_prefix), Path(sys.prefix)}
    ours = {PROJECT / "meetings/__init__.py", PACKAGE, program}
    for path in sorted(wanted | ours):
        yield from ("--ro-bind", str(path), str(path))
