"""The examination of the machine itself: its disk, memory, clock, walls and programs."""

import os
import platform
import shutil
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path

from meetings import clock
from meetings.doctor.machine import queries
from meetings.help.queries import free_bytes, print_problem
from meetings.installation import Installation
from meetings.intake import sandbox_opens_programs, sandbox_state
from meetings.intake.scanner import is_there, signatures_of

SLOW_FSYNC, FSYNCS = 0.05, 9
OLD_SIGNATURES = timedelta(days=7)
PROGRAMS = ("tesseract", "libreoffice")


def _(sentence: str) -> str:
    """Mark a sentence for the catalogue; pages translate it."""
    return sentence


class Light(StrEnum):
    """How a thing stands: well, to be looked at, or a reason to stop."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True)
class Finding:
    """What a check found."""

    light: Light
    sentence: str
    facts: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the sentence in English."""
        return self.sentence % self.facts if self.facts else self.sentence


Check = Callable[[Installation], Iterator[Finding]]


def versions(_installation: Installation) -> Iterator[Finding]:
    """Name what runs here."""
    facts: dict[str, object] = {"own": version("nghi-su"), "python": platform.python_version()}
    yield Finding(Light.GREEN, _("Nghị Sự %(own)s runs on Python %(python)s."), facts)


def memory(_installation: Installation) -> Iterator[Finding]:
    """Look whether what was in memory, keys among it, may come to lie on a disk in plain."""
    for device in queries.plain_swap():
        sentence = _("Memory may be written in plain to %(device)s; encrypt swap, or swapoff -a.")
        yield Finding(Light.AMBER, sentence, {"device": device})


def connections(installation: Installation) -> Iterator[Finding]:
    """Look whether every tablet may keep its stream and its connection open."""
    tablets, allowed = installation.settings.streams, queries.files_allowed()
    needed = queries.files_needed(tablets)
    facts: dict[str, object] = {"tablets": tablets, "allowed": allowed, "needed": needed}
    if allowed < needed:
        sentence = _(
            "%(tablets)s tablets take %(needed)s open files, not %(allowed)s: raise LimitNOFILE."
        )
        yield Finding(Light.AMBER, sentence, facts)
    else:
        yield Finding(Light.GREEN, _("%(tablets)s tablets may be connected at once."), facts)


def timekeeping(_installation: Installation) -> Iterator[Finding]:
    """Look whether somebody keeps the clock right; codes of authenticator apps depend on it."""
    if queries.clock_is_kept():
        yield Finding(Light.GREEN, _("A time server keeps the clock right."))
    else:
        sentence = _("No time server keeps the clock right; codes fail when it is a minute wrong.")
        yield Finding(Light.AMBER, sentence)


def disk(installation: Installation) -> Iterator[Finding]:
    """Look at the room on the disk."""
    chosen = installation.settings
    free, floor = free_bytes(chosen.instance), chosen.min_free
    facts: dict[str, object] = {"free": f"{free / 2**30:.1f}", "floor": f"{floor / 2**30:.1f}"}
    if free < floor:
        yield Finding(
            Light.RED, _("%(free)s GB are free; uploads need %(floor)s GB and are refused."), facts
        )
    elif free < 4 * floor:
        yield Finding(Light.AMBER, _("Only %(free)s GB are free."), facts)
    else:
        yield Finding(Light.GREEN, _("%(free)s GB are free."), facts)


def flushing(installation: Installation) -> Iterator[Finding]:
    """Measure how long this disk takes to keep a small write."""
    path = installation.settings.instance / f".fsync-{os.getpid()}"
    try:
        middle = statistics.median(_fsync_times(path))
    finally:
        path.unlink(missing_ok=True)
    facts: dict[str, object] = {"milliseconds": f"{middle * 1000:.1f}"}
    if middle > SLOW_FSYNC:
        yield Finding(Light.AMBER, _("The disk is slow: %(milliseconds)s ms a small write."), facts)
    else:
        yield Finding(Light.GREEN, _("The disk keeps a small write in %(milliseconds)s ms."), facts)


def _fsync_times(path: Path) -> Iterator[float]:
    with path.open("wb") as file:
        for _round in range(FSYNCS):
            file.write(bytes(4096))
            file.flush()
            start = time.perf_counter()
            os.fsync(file.fileno())
            yield time.perf_counter() - start


def sandbox(_installation: Installation) -> Iterator[Finding]:
    """Look whether received files are opened behind walls."""
    if sandbox_state() != "bubblewrap":
        yield Finding(
            Light.RED, _("Received files are opened without a sandbox; install bubblewrap.")
        )
    elif not sandbox_opens_programs():
        yield Finding(
            Light.RED,
            _("Scans and office files are refused: the service covers /proc; see deploy/systemd."),
        )
    else:
        yield Finding(Light.GREEN, _("Received files are opened in a sandbox."))


def programs(_installation: Installation) -> Iterator[Finding]:
    """Look for the programs that read scans and office files, and for what prints."""
    sentences = {
        "tesseract": _("Scanned pages stay pictures without words; install tesseract-ocr-vie."),
        "libreoffice": _("Office files cannot be received; install libreoffice-writer-nogui."),
    }
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    for program in missing:
        yield Finding(Light.AMBER, sentences[program])
    if problem := print_problem():
        yield Finding(
            Light.AMBER,
            _("Nothing can be printed as PDF here (%(problem)s)."),
            {"problem": problem},
        )
    if not missing and not problem:
        yield Finding(Light.GREEN, _("Scans, office files and printing are provided for."))


def scanner(installation: Installation) -> Iterator[Finding]:
    """Look whether a virus scanner is there and how old its signatures are."""
    place = installation.settings.clamav
    if not is_there(place):
        yield Finding(
            Light.AMBER, _("No virus scanner looks at received files; install clamav-daemon.")
        )
        return
    made = signatures_of(place)
    if made is None:
        yield Finding(Light.AMBER, _("The virus scanner does not answer."))
        return
    age = clock.now() - made
    facts: dict[str, object] = {"days": max(0, age.days)}
    if age > OLD_SIGNATURES:
        sentence = _("The virus scanner's signatures are %(days)s days old.")
        yield Finding(Light.AMBER, sentence, facts)
    else:
        sentence = _("Received files are scanned; signatures are %(days)s days old.")
        yield Finding(Light.GREEN, sentence, facts)
